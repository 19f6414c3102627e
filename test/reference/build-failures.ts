/** Failures of a ModelSpec as columns: those at a time, and those at random. */
import type { Failures, RandomFailures } from '../../engine/model.ts'
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

export function buildFailures(failures: readonly FailureSpec[], nodesOf: NodesOf): Failures {
  const sorted = [...failures].sort((a, b) => a.atS - b.atS)
  const victims = sorted.map(failure => nodesOf(failure.victims))
  return {
    count: sorted.length,
    labels: sorted.map(failure => labelOf(failure.victims)),
    atS: Float64Array.from(sorted, failure => failure.atS),
    forS: Float64Array.from(sorted, failure => failure.forS ?? Infinity),
    nodeStart: starts(victims.map(list => list.length)),
    nodes: Int32Array.from(victims.flat()),
  }
}

export function buildRandomFailures(schedules: readonly RandomFailureSpec[], nodesOf: NodesOf): RandomFailures {
  const up = distributionColumns(schedules.map(schedule => schedule.up))
  const down = distributionColumns(schedules.map(schedule => schedule.down))
  const members = schedules.flatMap((schedule, index) => schedule.members.map(member => ({ ...member, index })))
  const victims = members.map(member => nodesOf(member.victims))
  return {
    count: schedules.length,
    labels: schedules.map((_, index) => `random failures ${index}`),
    ...{ up: up.kind, upA: up.a, upB: up.b, down: down.kind, downA: down.a, downB: down.b },
    schedule: Int32Array.from(members, member => member.index),
    hash: Uint32Array.from(members, member => hashName(member.name)),
    ordinal: Float64Array.from(members, member => member.ordinal),
    weight: Float64Array.from(members, member => member.weight ?? 1),
    nodeStart: starts(victims.map(list => list.length)),
    nodes: Int32Array.from(victims.flat()),
  }
}
