/** Failures of a ModelSpec as columns: those at a time, and those at random. */
import type { Failures, RandomFailures } from '../../engine/model.ts'
import { hashName } from '../../engine/random.ts'
import type { EffectList } from './build-effects.ts'
import { distributionColumns } from './build-stages.ts'
import type { EffectSpec, FailureSpec, RandomFailureSpec } from './model-spec.ts'

const labelOf = ({ victims = [], pairs = [] }: EffectSpec): string =>
  [...victims.map(({ cluster, node }) => `${cluster} ${node}`), ...pairs.map(pair => pair.join(' to '))].join(', ')

export function buildFailures(failures: readonly FailureSpec[], effects: EffectList): Failures {
  const sorted = [...failures].sort((a, b) => a.atS - b.atS)
  return {
    count: sorted.length,
    labels: sorted.map(labelOf),
    atS: Float64Array.from(sorted, failure => failure.atS),
    forS: Float64Array.from(sorted, failure => failure.forS ?? Infinity),
    effect: Int32Array.from(sorted, failure => effects.add(failure)),
  }
}

export function buildRandomFailures(schedules: readonly RandomFailureSpec[], effects: EffectList): RandomFailures {
  const up = distributionColumns(schedules.map(schedule => schedule.up))
  const down = distributionColumns(schedules.map(schedule => schedule.down))
  const members = schedules.flatMap((schedule, index) => schedule.members.map(member => ({ ...member, index })))
  return {
    count: schedules.length,
    labels: schedules.map((_, index) => `random failures ${index}`),
    ...{ up: up.kind, upA: up.a, upB: up.b, down: down.kind, downA: down.a, downB: down.b },
    schedule: Int32Array.from(members, member => member.index),
    hash: Uint32Array.from(members, member => hashName(member.name)),
    ordinal: Float64Array.from(members, member => member.ordinal),
    weight: Float64Array.from(members, member => member.weight ?? 1),
    effect: Int32Array.from(members, member => effects.add(member)),
  }
}
