/** Random failures as columns: members that fail by themselves. */
import type { RandomFailures } from '../../engine/model.ts'
import type { Scenario, ScenarioCluster, ScenarioRandomFailure } from '../scenario/scenario.ts'
import { indexOf, parameterOf } from './distributions.ts'
import type { EffectList } from './effects.ts'
import { byName, type Fabric } from './fabric.ts'

interface Member {
  schedule: number
  hash: number
  ordinal: number
  resiliency: number
  nodes: number[]
}

export function compileRandomFailures(scenario: Scenario, fabric: Fabric, effects: EffectList): RandomFailures {
  const { randomFailures } = scenario
  const clusters = [...scenario.clusters].sort(byName)
  const members = randomFailures.map((failure, schedule) => membersOf(failure, schedule, clusters, fabric))
  const all = members.flat()
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
    weight: Float64Array.from(members.flatMap((list, i) => weights(list, randomFailures[i]))),
    effect: Int32Array.from(all, member => effects.add({ kind: 'blackout', nodes: member.nodes })),
  }
}

/** (1 − r) / mean(1 − r): the mean rate over the members stays as declared. */
function weights(members: readonly Member[], failure: ScenarioRandomFailure): number[] {
  if (failure.weightedBy === null) return members.map(() => 1)
  const mean = members.reduce((sum, member) => sum + (1 - member.resiliency), 0) / members.length
  return members.map(member => (mean === 0 ? 0 : (1 - member.resiliency) / mean))
}

function membersOf(
  failure: ScenarioRandomFailure,
  schedule: number,
  clusters: readonly ScenarioCluster[],
  fabric: Fabric,
): Member[] {
  const inside = clusters.flatMap((cluster, c) => (failure.within === null || lies(cluster, failure.within) ? [c] : []))
  const nodesOf = (c: number) => Array.from({ length: clusters[c].nodes }, (_, i) => fabric.clusters.nodeStart[c] + i)
  if (failure.of === 'nodes')
    return inside.flatMap(c =>
      nodesOf(c).map((node, ordinal) => ({
        schedule,
        hash: fabric.clusters.hash[c],
        ordinal,
        resiliency: clusters[c].resiliency,
        nodes: [node],
      })),
    )
  // A cluster or zone is a member of its own, beside the nodes of a cluster: ordinals from the far end.
  if (failure.of === 'clusters')
    return inside.map(c => ({
      schedule,
      hash: fabric.clusters.hash[c],
      ordinal: 0xffffffff,
      resiliency: clusters[c].resiliency,
      nodes: nodesOf(c),
    }))
  const zones = [...new Set(inside.map(c => clusters[c].zone))].sort()
  return zones.map(zone => {
    const own = inside.filter(c => clusters[c].zone === zone)
    const nodes = own.flatMap(nodesOf)
    const resiliency = own.reduce((sum, c) => sum + clusters[c].resiliency * clusters[c].nodes, 0) / nodes.length
    return { schedule, hash: fabric.clusters.hash[own[0]], ordinal: 0xfffffffe, resiliency, nodes }
  })
}

const lies = (cluster: ScenarioCluster, within: NonNullable<ScenarioRandomFailure['within']>): boolean =>
  (within.kind === 'pool' ? cluster.pool : within.kind === 'zone' ? cluster.zone : cluster.name) === within.name
