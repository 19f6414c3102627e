/** Clusters, groups, latencies and failures of a ModelSpec as columns. */
import type { Clusters, Failures, Groups } from '../../engine/model.ts'
import { hashName } from '../../engine/random.ts'
import type { ClusterSpec, FailureSpec, GroupSpec, ModelSpec } from './model-spec.ts'

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** Where each of consecutive runs of these lengths begins; one more for the end. */
export const starts = (lengths: readonly number[]): Int32Array =>
  Int32Array.from([0, ...lengths.map((_, i) => sum(lengths.slice(0, i + 1)))])

export function buildClusters(clusters: readonly ClusterSpec[], nodeStart: Int32Array): Clusters {
  const zoneOf = (cluster: ClusterSpec) => cluster.zone ?? `zone of ${cluster.name}`
  const zones = [...new Set(clusters.map(zoneOf))].sort()
  const names = clusters.map(cluster => cluster.name)
  return {
    count: clusters.length,
    names,
    zones,
    regions: names.map(() => ''),
    pools: names.map(() => ''),
    nodePrefixes: names,
    hash: Uint32Array.from(names, hashName),
    zone: Int32Array.from(clusters, cluster => zones.indexOf(zoneOf(cluster))),
    pue: Float64Array.from(clusters, cluster => cluster.pue ?? 1),
    detectionS: Float64Array.from(clusters, cluster => cluster.detectionS ?? 0),
    nodeStart,
  }
}

export function buildGroups(groups: readonly (GroupSpec & { cluster: number })[]): Groups {
  const floats = (of: (group: GroupSpec) => number) => Float64Array.from(groups, of)
  return {
    count: groups.length,
    cluster: Int32Array.from(groups, group => group.cluster),
    nodeStart: starts(groups.map(group => group.nodes)),
    cpuMilli: Int32Array.from(groups, group => group.cpuMilli),
    memoryBytes: floats(group => group.memoryBytes ?? 0),
    gpuMilli: Int32Array.from(groups, group => group.gpuMilli ?? 0),
    archMask: Int32Array.from(groups, group => 1 << (group.arch ?? 0)),
    speed: floats(group => group.speed ?? 1),
    startupS: floats(group => group.startupS ?? 0),
    powerModel: new Int32Array(groups.length),
    offW: floats(() => 0),
    failedW: floats(group => group.failedW ?? 0),
    idleW: floats(group => group.idleW ?? 0),
    busyW: floats(group => group.busyW ?? 0),
  }
}

export function buildLatency(spec: ModelSpec, clusters: readonly ClusterSpec[]): Float64Array {
  const latencyS = new Float64Array(clusters.length * clusters.length)
  const index = (name: string) => clusters.findIndex(cluster => cluster.name === name)
  for (const [from, to, seconds] of spec.latency ?? []) latencyS[index(from) * clusters.length + index(to)] = seconds
  return latencyS
}

export function buildFailures(
  failures: readonly FailureSpec[],
  clusters: readonly ClusterSpec[],
  nodeStart: Int32Array,
): Failures {
  const sorted = [...failures].sort((a, b) => a.atS - b.atS)
  const victims = sorted.map(failure => {
    const nodes = failure.victims.flatMap(({ cluster, node }) => {
      const index = clusters.findIndex(({ name }) => name === cluster)
      const all = Array.from({ length: nodeStart[index + 1] - nodeStart[index] }, (_, i) => nodeStart[index] + i)
      return node === '*' ? all : [all[node]]
    })
    return [...new Set(nodes)].sort((a, b) => a - b)
  })
  return {
    count: sorted.length,
    labels: sorted.map(failure => failure.victims.map(({ cluster, node }) => `${cluster} ${node}`).join(', ')),
    atS: Float64Array.from(sorted, failure => failure.atS),
    forS: Float64Array.from(sorted, failure => failure.forS ?? Infinity),
    nodeStart: starts(victims.map(list => list.length)),
    nodes: Int32Array.from(victims.flat()),
  }
}
