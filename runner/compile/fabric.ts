/** Clusters, groups of identical nodes, latencies and bandwidths as columns. */
import { architectureMask } from '../../engine/architectures.ts'
import type { Carbon, Clusters, Groups, Prices } from '../../engine/model.ts'
import { powerModels } from '../../engine/power/index.ts'
import { hashName } from '../../engine/random.ts'
import { isAdmitted } from '../scenario/admission.ts'
import type { Scenario, ScenarioCluster } from '../scenario/scenario.ts'
import type { Hosts } from './classes.ts'
import { requestableMilli } from './node-room.ts'

export interface Fabric {
  clusters: Clusters
  groups: Groups
  carbon: Carbon
  /** Absent where no price is said. */
  prices?: Prices
  nodeGroup: Int32Array
  nodeCluster: Int32Array
  latencyS: Float64Array
  bandwidth: Float64Array
}

/** The order of everything with a name: plain code units, not a locale's. */
export const byName = (a: { name: string }, b: { name: string }): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0

export function compileFabric(scenario: Scenario): Fabric {
  const declared = [...scenario.clusters].sort(byName)
  const zones = [...new Set(declared.map(cluster => cluster.zone))].sort()
  const nodeStart = starts(declared.map(cluster => cluster.nodes))
  const clusters: Clusters = {
    count: declared.length,
    names: declared.map(cluster => cluster.name),
    zones,
    regions: declared.map(cluster => cluster.region),
    pools: declared.map(cluster => cluster.pool),
    nodePrefixes: declared.map(cluster => cluster.nodePrefix),
    hash: Uint32Array.from(declared, cluster => hashName(cluster.name)),
    zone: Int32Array.from(declared, cluster => zones.indexOf(cluster.zone)),
    pue: floats(declared, cluster => cluster.pue),
    detectionS: floats(declared, cluster => cluster.detectionS),
    nodeStart,
  }
  // One group a cluster: its nodes are alike.
  const nodeCluster = Int32Array.from(declared.flatMap((cluster, index) => Array<number>(cluster.nodes).fill(index)))
  return {
    clusters,
    groups: compileGroups(declared, nodeStart),
    carbon: compileCarbon(declared),
    ...(declared.some(({ price }) => price !== undefined) ? { prices: compilePrices(declared) } : {}),
    nodeGroup: nodeCluster.slice(),
    nodeCluster,
    latencyS: pairs(declared, (from, to) => scenario.latencyS[from][to]),
    bandwidth: pairs(declared, (from, to) => bandwidthOf(scenario, from, to)),
  }
}

/** What is taken where a pool does not say how long its nodes boot and go off. */
const defaultBootS = 120
const defaultShutdownS = 10

function compileGroups(clusters: readonly ScenarioCluster[], nodeStart: Int32Array): Groups {
  return {
    count: clusters.length,
    cluster: Int32Array.from(clusters.keys()),
    nodeStart,
    coreMilli: Int32Array.from(clusters, cluster => cluster.cpuMilli),
    cpuMilli: Int32Array.from(clusters, requestableMilli),
    memoryBytes: floats(clusters, cluster => cluster.memoryBytes),
    gpuMilli: Int32Array.from(clusters, cluster => cluster.gpu * 1000),
    speed: floats(clusters, cluster => cluster.speed),
    startupS: floats(clusters, cluster => cluster.startupS),
    powerModel: Int32Array.from(clusters, cluster =>
      powerModels.findIndex(model => model.name === cluster.power.model),
    ),
    offW: floats(clusters, cluster => cluster.power.offW),
    failedW: floats(clusters, cluster => cluster.power.failedW),
    idleW: floats(clusters, cluster => cluster.power.idleW),
    busyW: floats(clusters, cluster => cluster.power.busyW),
    bootS: floats(clusters, ({ power }) => power.bootS ?? defaultBootS),
    bootW: floats(clusters, ({ power }) => power.bootW ?? power.idleW),
    shutdownS: floats(clusters, ({ power }) => power.shutdownS ?? defaultShutdownS),
    shutdownW: floats(clusters, ({ power }) => power.shutdownW ?? power.idleW),
    powerTableStart: starts(clusters.map(cluster => cluster.power.tableW.length)),
    powerTable: Float64Array.from(clusters.flatMap(cluster => cluster.power.tableW)),
  }
}

/** What the nodes of each group (one a cluster) can run. */
export function hostsOf(scenario: Scenario, { groups }: Fabric): Hosts {
  const declared = [...scenario.clusters].sort(byName)
  return {
    groups,
    archMask: declared.map(cluster => architectureMask([cluster.arch])),
    formats: declared.map(cluster => cluster.formats),
    modes: scenario.modes,
    admits: (g, constraints) => isAdmitted(constraints, declared[g]),
  }
}

const compileCarbon = (clusters: readonly ScenarioCluster[]): Carbon => ({
  start: starts(clusters.map(cluster => cluster.carbon?.atS.length ?? 0)),
  atS: Float64Array.from(clusters.flatMap(cluster => cluster.carbon?.atS ?? [])),
  gramsPerKwh: Float64Array.from(clusters.flatMap(cluster => cluster.carbon?.gramsPerKwh ?? [])),
})

const compilePrices = (clusters: readonly ScenarioCluster[]): Prices => ({
  start: starts(clusters.map(({ price }) => price?.atS.length ?? 0)),
  atS: Float64Array.from(clusters.flatMap(({ price }) => price?.atS ?? [])),
  perKwh: Float64Array.from(clusters.flatMap(({ price }) => price?.perKwh ?? [])),
})

const floats = (clusters: readonly ScenarioCluster[], of: (cluster: ScenarioCluster) => number): Float64Array =>
  Float64Array.from(clusters, of)

/** Infinity where nobody limits it; clusters may be called as what objects inherit. */
function bandwidthOf({ bandwidth }: Scenario, from: string, to: string): number {
  const row = Object.hasOwn(bandwidth, from) ? bandwidth[from] : {}
  return Object.hasOwn(row, to) ? row[to] : Number.POSITIVE_INFINITY
}

/** Of every two clusters, by name. */
const pairs = (clusters: readonly ScenarioCluster[], of: (from: string, to: string) => number): Float64Array =>
  Float64Array.from(clusters.flatMap(from => clusters.map(to => of(from.name, to.name))))

/** Where each of consecutive runs of these lengths begins; one more for the end. */
export function starts(lengths: readonly number[]): Int32Array {
  const start = new Int32Array(lengths.length + 1)
  for (const [i, length] of lengths.entries()) start[i + 1] = start[i] + length
  return start
}
