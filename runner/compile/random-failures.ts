/** Random failures as columns: members that fail by themselves. */
import type { RandomFailures } from '../../engine/model.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { indexOf, parameterOf } from './distributions.ts'
import type { EffectList } from './effects.ts'
import type { Fabric } from './fabric.ts'
import { effectOf, membersOf, weights } from './members.ts'

export function compileRandomFailures(scenario: Scenario, fabric: Fabric, effects: EffectList): RandomFailures {
  const { randomFailures } = scenario
  const all = randomFailures.flatMap((failure, schedule) => {
    const members = membersOf(failure, scenario.clusters, fabric)
    const weight = weights(members, failure)
    return members.map((member, i) => ({ ...member, schedule, weight: weight[i], slow: failure.slow }))
  })
  return {
    count: randomFailures.length,
    labels: randomFailures.map(failure => failure.label),
    up: Int32Array.from(randomFailures, failure => indexOf(failure.up)),
    upA: Float64Array.from(randomFailures, failure => parameterOf(failure.up, 0)),
    upB: Float64Array.from(randomFailures, failure => parameterOf(failure.up, 1)),
    down: Int32Array.from(randomFailures, failure => indexOf(failure.down)),
    downA: Float64Array.from(randomFailures, failure => parameterOf(failure.down, 0)),
    downB: Float64Array.from(randomFailures, failure => parameterOf(failure.down, 1)),
    schedule: Int32Array.from(all, member => member.schedule),
    hash: Uint32Array.from(all, member => member.hash),
    ordinal: Float64Array.from(all, member => member.ordinal),
    weight: Float64Array.from(all, member => member.weight),
    effect: Int32Array.from(all, member => effects.add(effectOf(member, member.slow))),
  }
}
