/** Failures upon conditions as columns. */
import { comparators, metrics } from '../../engine/metrics.ts'
import type { Triggers } from '../../engine/model.ts'
import type { Scenario, ScenarioTrigger } from '../scenario/scenario.ts'
import type { EffectList } from './effects.ts'
import { type Fabric, starts } from './fabric.ts'
import { effectOf, membersOf, weights } from './members.ts'
import { compileEffect } from './named-effects.ts'

/** In the order of the file. */
export function compileTriggers(scenario: Scenario, fabric: Fabric, effects: EffectList): Triggers {
  const { triggers } = scenario
  const members = triggers.map(trigger => membersIn(trigger, scenario, fabric, effects))
  const floats = (of: (trigger: ScenarioTrigger) => number) => Float64Array.from(triggers, of)
  const indices = (of: (trigger: ScenarioTrigger) => number) => Int32Array.from(triggers, of)
  return {
    count: triggers.length,
    labels: triggers.map(trigger => trigger.label),
    metric: indices(({ when }) => metrics.findIndex(metric => metric.name === when.metric)),
    cluster: indices(({ when }) => (when.of === null ? -1 : fabric.clusters.names.indexOf(when.of))),
    comparator: Uint8Array.from(triggers, ({ when }) => comparators.indexOf(when.op)),
    value: floats(({ when }) => when.value),
    holdS: floats(({ when }) => when.holdS),
    forS: floats(({ forS }) => forS ?? Number.POSITIVE_INFINITY),
    rearmS: floats(({ rearmS }) => rearmS ?? Number.POSITIVE_INFINITY),
    picks: indices(trigger => trigger.members?.count ?? 0),
    memberStart: starts(members.map(list => list.length)),
    memberEffect: Int32Array.from(members.flat(), member => member.effect),
    memberWeight: Float64Array.from(members.flat(), member => member.weight),
  }
}

/** Effects of a trigger with their weights: one where it names what it hits, else one a member. */
function membersIn(
  { effect, members: who }: ScenarioTrigger,
  scenario: Scenario,
  fabric: Fabric,
  effects: EffectList,
): { effect: number; weight: number }[] {
  if (effect !== null) return [{ effect: effects.add(compileEffect(effect, fabric)), weight: 1 }]
  if (who === null) return []
  const members = membersOf(who, scenario.clusters, fabric)
  const weight = weights(members, who)
  return members.map((member, i) => ({ effect: effects.add(effectOf(member, who.slow)), weight: weight[i] }))
}
