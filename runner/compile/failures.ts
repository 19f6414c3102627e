/** Failures at a time and for a while as columns. */
import { type Failures, nodeName } from '../../engine/model.ts'
import type { Scenario, ScenarioFailure } from '../scenario/scenario.ts'
import type { EffectList } from './effects.ts'
import type { Fabric } from './fabric.ts'

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
    effect: Int32Array.from(declared, failure => effects.add({ kind: 'blackout', nodes: victimsOf(failure, fabric) })),
  }
}

/** Nodes of a failure's target, ascending. */
function victimsOf(failure: ScenarioFailure, fabric: Fabric): number[] {
  const { clusters } = fabric
  const { kind, name } = failure.target
  const hit: number[] = []
  for (let c = 0; c < clusters.count; c++) {
    for (let node = clusters.nodeStart[c]; node < clusters.nodeStart[c + 1]; node++) {
      const matches =
        kind === 'zone'
          ? clusters.zones[clusters.zone[c]] === name
          : kind === 'cluster'
            ? clusters.names[c] === name
            : kind === 'pool'
              ? clusters.pools[c] === name
              : nodeName(fabric, node) === name
      if (matches) hit.push(node)
    }
  }
  return hit
}
