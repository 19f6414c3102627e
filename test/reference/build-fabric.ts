/** Clusters, groups, latencies and carbon of a ModelSpec as columns. */
import type { Carbon, Clusters, Groups } from '../../engine/model.ts'
import { powerModels } from '../../engine/power/index.ts'
import { hashName } from '../../engine/random.ts'
import type { ClusterSpec, GroupSpec, ModelSpec, PairSpec } from './model-spec.ts'

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
    coreMilli: Int32Array.from(groups, group => group.coreMilli ?? group.cpuMilli),
    cpuMilli: Int32Array.from(groups, group => group.cpuMilli),
    memoryBytes: floats(group => group.memoryBytes ?? 0),
    gpuMilli: Int32Array.from(groups, group => group.gpuMilli ?? 0),
    speed: floats(group => group.speed ?? 1),
    startupS: floats(group => group.startupS ?? 0),
    powerModel: Int32Array.from(groups, group =>
      powerModels.findIndex(({ name }) => name === (group.power ?? 'linear')),
    ),
    offW: floats(group => group.offW ?? 0),
    failedW: floats(group => group.failedW ?? 0),
    idleW: floats(group => group.idleW ?? 0),
    busyW: floats(group => group.busyW ?? 0),
    bootS: floats(group => group.bootS ?? 0),
    bootW: floats(group => group.bootW ?? 0),
    shutdownS: floats(group => group.shutdownS ?? 0),
    shutdownW: floats(group => group.shutdownW ?? 0),
    powerTableStart: starts(groups.map(group => group.powerTable?.length ?? 0)),
    powerTable: Float64Array.from(groups.flatMap(group => group.powerTable ?? [])),
  }
}

export const buildLatency = (spec: ModelSpec, clusters: readonly ClusterSpec[]): Float64Array =>
  matrix(spec.latency ?? [], clusters, 0)

export const buildBandwidth = (spec: ModelSpec, clusters: readonly ClusterSpec[]): Float64Array =>
  matrix(spec.bandwidth ?? [], clusters, Infinity)

function matrix(rows: readonly [string, string, number][], clusters: readonly ClusterSpec[], other: number) {
  const values = new Float64Array(clusters.length ** 2).fill(other)
  for (const [from, to, value] of rows) values[pairIndex(clusters, [from, to])] = value
  return values
}

/** Where a directed pair of clusters stands among all. */
export function pairIndex(clusters: readonly ClusterSpec[], [from, to]: PairSpec): number {
  const index = (name: string) => clusters.findIndex(cluster => cluster.name === name)
  return index(from) * clusters.length + index(to)
}

export function buildCarbon(clusters: readonly ClusterSpec[]): Carbon {
  const steps = clusters.flatMap(cluster => cluster.carbon ?? [])
  return {
    start: starts(clusters.map(cluster => cluster.carbon?.length ?? 0)),
    atS: Float64Array.from(steps, ([atS]) => atS),
    gramsPerKwh: Float64Array.from(steps, ([, gramsPerKwh]) => gramsPerKwh),
  }
}
