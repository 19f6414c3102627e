/** Triggers of a ModelSpec as columns. */
import { comparators, metrics } from '../../engine/metrics.ts'
import type { Triggers } from '../../engine/model.ts'
import type { EffectList } from './build-effects.ts'
import { starts } from './build-fabric.ts'
import type { ClusterSpec, TriggerSpec } from './model-spec.ts'

export function buildTriggers(
  triggers: readonly TriggerSpec[],
  clusters: readonly ClusterSpec[],
  effects: EffectList,
): Triggers {
  const floats = (of: (trigger: TriggerSpec) => number) => Float64Array.from(triggers, of)
  const members = triggers.flatMap(trigger => trigger.members)
  return {
    count: triggers.length,
    labels: triggers.map((_, index) => `trigger ${index}`),
    metric: Int32Array.from(triggers, ({ metric }) => metrics.findIndex(({ name }) => name === metric)),
    cluster: Int32Array.from(triggers, trigger => clusters.findIndex(({ name }) => name === trigger.cluster)),
    comparator: Uint8Array.from(triggers, ({ comparator }) => comparators.indexOf(comparator)),
    value: floats(trigger => trigger.value),
    holdS: floats(trigger => trigger.holdS ?? 0),
    forS: floats(trigger => trigger.forS ?? Infinity),
    rearmS: floats(trigger => trigger.rearmS ?? Infinity),
    picks: Int32Array.from(triggers, trigger => trigger.picks ?? 0),
    memberStart: starts(triggers.map(trigger => trigger.members.length)),
    memberEffect: Int32Array.from(members, member => effects.add(member)),
    memberWeight: Float64Array.from(members, member => member.weight ?? 1),
  }
}
