/** Failures at a time and for a while as columns. */
import type { Failures } from '../../engine/model.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { EffectList } from './effects.ts'
import type { Fabric } from './fabric.ts'
import { compileEffect } from './named-effects.ts'

export function compileFailures(scenario: Scenario, fabric: Fabric, effects: EffectList): Failures {
  const declared = scenario.failures
    .map((failure, position) => ({ failure, position }))
    .sort((a, b) => a.failure.atS - b.failure.atS || a.position - b.position)
    .map(({ failure }) => failure)
  return {
    count: declared.length,
    labels: declared.map(failure => failure.label),
    atS: Float64Array.from(declared, failure => failure.atS),
    forS: Float64Array.from(declared, failure => failure.forS ?? Number.POSITIVE_INFINITY),
    effect: Int32Array.from(declared, failure => effects.add(compileEffect(failure.effect, fabric))),
  }
}
