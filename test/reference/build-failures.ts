/** Failures of a ModelSpec as columns: those at a time, and those at random. */
import { type Effects, effectKind, type Failures, type RandomFailures, type Triggers } from '../../engine/model.ts'
import { hashName } from '../../engine/random.ts'
import { starts } from './build-fabric.ts'
import { distributionColumns } from './build-stages.ts'
import type { ClusterSpec, FailureSpec, RandomFailureSpec, VictimSpec } from './model-spec.ts'

/** Node indices, ascending. */
type NodesOf = (victims: readonly VictimSpec[]) => number[]

export function victimNodes(clusters: readonly ClusterSpec[], nodeStart: Int32Array): NodesOf {
  return victims => {
    const nodes = victims.flatMap(({ cluster, node }) => {
      const index = clusters.findIndex(({ name }) => name === cluster)
      const all = Array.from({ length: nodeStart[index + 1] - nodeStart[index] }, (_, i) => nodeStart[index] + i)
      return node === '*' ? all : [all[node]]
    })
    return [...new Set(nodes)].sort((a, b) => a - b)
  }
}

const labelOf = (victims: readonly VictimSpec[]) => victims.map(({ cluster, node }) => `${cluster} ${node}`).join(', ')

export function buildFailures(failures: readonly FailureSpec[], nodesOf: NodesOf, effects: EffectList): Failures {
  const sorted = [...failures].sort((a, b) => a.atS - b.atS)
  return {
    count: sorted.length,
    labels: sorted.map(failure => labelOf(failure.victims)),
    atS: Float64Array.from(sorted, failure => failure.atS),
    forS: Float64Array.from(sorted, failure => failure.forS ?? Infinity),
    effect: Int32Array.from(sorted, failure => effects.add('blackout', nodesOf(failure.victims))),
  }
}

export function buildRandomFailures(
  schedules: readonly RandomFailureSpec[],
  nodesOf: NodesOf,
  effects: EffectList,
): RandomFailures {
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
    effect: Int32Array.from(members, member => effects.add('blackout', nodesOf(member.victims))),
  }
}

/** What failures do, in the order in which they are met. */
export class EffectList {
  private readonly effects: { kind: keyof typeof effectKind; nodes: number[] }[] = []

  add(kind: keyof typeof effectKind, nodes: number[]): number {
    return this.effects.push({ kind, nodes }) - 1
  }

  columns(): Effects {
    const { effects } = this
    return {
      count: effects.length,
      kind: Uint8Array.from(effects, ({ kind }) => effectKind[kind]),
      factor: Float64Array.from(effects, () => 1),
      addS: Float64Array.from(effects, () => 0),
      nodeStart: starts(effects.map(({ nodes }) => nodes.length)),
      nodes: Int32Array.from(effects.flatMap(({ nodes }) => nodes)),
      pairStart: starts(effects.map(() => 0)),
      pairs: new Int32Array(),
    }
  }
}

export const noTriggers: Triggers = {
  count: 0,
  labels: [],
  metric: new Int32Array(),
  cluster: new Int32Array(),
  comparator: new Uint8Array(),
  value: new Float64Array(),
  holdS: new Float64Array(),
  forS: new Float64Array(),
  rearmS: new Float64Array(),
  picks: new Int32Array(),
  memberStart: new Int32Array(1),
  memberEffect: new Int32Array(),
  memberWeight: new Float64Array(),
}
