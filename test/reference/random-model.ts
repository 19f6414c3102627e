/**
 * Small random worlds in which much falls on one instant: coarse times, equal nodes, zero delays, overlapping
 * failures. A world is a pure function of (seed, size): the same failure can be looked at again.
 */
import { Generator } from './generator.ts'
import {
  type ClusterSpec,
  type FailureSpec,
  feasible,
  fullRequest,
  type GroupSpec,
  type ModelSpec,
  type RequestSpec,
  type WorkloadSpec,
} from './model-spec.ts'

/** Style of one world: what is rare in a mixture of everything must be common somewhere. */
interface Style {
  g: Generator
  /** Times are multiples of this many seconds; 0: continuous. */
  grid: number
  /** Everything without delay: latency, start-up, detection. */
  instant: boolean
  /** All nodes and requests alike, so that everything ties. */
  alike: boolean
  size: number
}

export function randomModelSpec(seed: number, size = 1): ModelSpec {
  const g = new Generator(seed)
  const style = { g, grid: g.pick([1, 1, 1, 0.5, 5, 0]), instant: g.chance(0.2), alike: g.chance(0.2), size }
  const clusters = g.list(1, 4, index => randomCluster(style, index))
  const horizonS = g.chance(0.5) ? Infinity : time(style, 20, 120)
  const workloads = g.list(1, 3, index => randomWorkload(style, clusters, index, horizonS))
  return {
    seed: g.whole(0, 4294967295),
    horizonS,
    warmupS: g.chance(0.5) ? 0 : time(style, 0, 40),
    clusters,
    latency: style.instant ? [] : randomLatency(style, clusters),
    workloads,
    failures: g.chance(0.25) ? [] : g.list(1, 6, () => randomFailure(style, clusters)),
  }
}

/** Seconds in the style of this world. */
function time({ g, grid }: Style, least: number, most: number): number {
  return grid === 0 ? least + g.real() * (most - least) : Math.round(g.whole(least / grid, most / grid)) * grid
}

/** Mostly 0, often one of a few values, sometimes anything. */
function delay(style: Style, most: number): number {
  const { g, instant } = style
  return instant ? 0 : g.pick([0, 0, 0, 1, 2, time(style, 0, most), g.real() * most])
}

/** Names whose order is not that in which they are made. */
const clusterNames = ['mid', 'edge', 'zoo', 'core'] as const
const workloadNames = ['web', 'batch', 'camera'] as const

function randomCluster(style: Style, index: number): ClusterSpec {
  const { g } = style
  const pue = g.pick([1, 1, 1.2, 1.75])
  const detectionS = delay(style, 20)
  const groups = g.list(1, style.alike ? 1 : 3, () => randomGroup(style))
  return { name: clusterNames[index], zone: g.pick(['a', 'b', 'c']), pue, detectionS, groups }
}

function randomGroup(style: Style): GroupSpec {
  const { g, alike } = style
  const nodes = g.chance(0.1) ? g.whole(5, 20) : g.whole(1, 4)
  const watts = { idleW: g.pick([0, 50, 100.5]), busyW: g.pick([100.5, 300]), failedW: g.pick([0, 10, 20]) }
  if (alike) return { nodes, cpuMilli: 4000, memoryBytes: 8e9, gpuMilli: 1000, ...watts }
  return {
    nodes,
    cpuMilli: g.pick([1000, 2000, 4000, 4000, 7500]),
    memoryBytes: g.pick([4e9, 8e9, 8e9, 64e9]),
    gpuMilli: g.pick([0, 0, 1000, 2000]),
    arch: g.pick([0, 0, 0, 1]),
    speed: g.pick([1, 1, 1, 0.5, 2, 1.3]),
    startupS: delay(style, 5),
    ...watts,
  }
}

function randomLatency(style: Style, clusters: readonly ClusterSpec[]): [string, string, number][] {
  const rows: [string, string, number][] = []
  for (const from of clusters) {
    for (const to of clusters) if (from !== to || style.g.chance(0.1)) rows.push([from.name, to.name, delay(style, 3)])
  }
  return rows
}

/** A request that the intact fabric can hold, at last one task of the smallest. */
function randomRequest(style: Style, clusters: readonly ClusterSpec[]): RequestSpec {
  const { g, alike } = style
  for (let tries = 0; tries < 20; tries++) {
    const request = fullRequest({
      tasks: g.pick([1, 1, 1, 1, 2, 3, 5, 8]),
      cpuMilli: alike ? 2000 : g.pick([500, 1000, 1000, 2000, 4000, 4000, 333, 0]),
      memoryBytes: g.pick([0, 0, 1e9, 4e9]),
      gpuMilli: g.pick([0, 0, 0, 0, 500, 1000]),
      archMask: g.pick([0b111111, 0b111111, 0b01, 0b10, 0b11]),
    })
    if (feasible(clusters, request)) return request
  }
  return fullRequest({ cpuMilli: 500 })
}

function randomWorkload(style: Style, clusters: readonly ClusterSpec[], index: number, horizonS: number): WorkloadSpec {
  const { g } = style
  const origins = g.chance(0.5) ? [g.pick(clusters)] : clusters
  return {
    name: workloadNames[index],
    origin: Object.fromEntries(origins.map(({ name }) => [name, g.whole(1, 4)])),
    deadlineS: g.pick([Infinity, Infinity, time(style, 0, 20), 10, 40]),
    retries: g.whole(0, 3),
    failureProbability: g.pick([0, 0, 0, 0.2, 0.6, 1]),
    request: randomRequest(style, clusters),
    ...(g.chance(0.6) ? randomTrace(style, clusters) : randomPoisson(style, horizonS)),
  }
}

function randomTrace(style: Style, clusters: readonly ClusterSpec[]): Partial<WorkloadSpec> {
  const { g, size } = style
  const requests = g.list(1, 3, () => randomRequest(style, clusters))
  const span = g.pick([0, 5, 20, 60])
  const trace = g.list(1, Math.max(1, Math.round(40 * size)), () => {
    const runS = g.chance(0.15) ? 0 : time(style, 0, 20)
    return {
      submitS: time(style, 0, span),
      runS,
      estimateS: g.pick([runS, runS, 10, time(style, 0, 30)]),
      request: g.pick(requests),
    }
  })
  return { trace }
}

function randomPoisson(style: Style, horizonS: number): Partial<WorkloadSpec> {
  const { g, size } = style
  const bound = g.pick(['jobs', 'until', ...(horizonS < Infinity ? ['horizon'] : [])])
  return {
    poisson: {
      ratePerS: g.pick([0.1, 0.5, 2].map(rate => rate * Math.min(1, size))),
      fromS: g.pick([0, 0, time(style, 0, 20)]),
      untilS: bound === 'until' ? time(style, 1, 40) : Infinity,
      maxJobs: bound === 'jobs' ? g.whole(1, Math.max(1, Math.round(40 * size))) : Infinity,
    },
    work: g.pick([
      { kind: 'constant', a: time(style, 0, 15) },
      { kind: 'constant', a: 0 },
      { kind: 'exponential', a: 5 },
      { kind: 'uniform', a: 0, b: 10 },
      { kind: 'lognormal', a: 5, b: 1.5 },
      { kind: 'gamma', a: 5, b: 0.7 },
      { kind: 'weibull', a: 5, b: 0.8 },
      { kind: 'hyperexponential', a: 5, b: 2 },
    ]),
    estimateS: time(style, 0, 15),
  }
}

function randomFailure(style: Style, clusters: readonly ClusterSpec[]): FailureSpec {
  const { g } = style
  const cluster = g.pick(clusters)
  const nodes = cluster.groups.reduce((sum, group) => sum + group.nodes, 0)
  const node = () => ({ cluster: cluster.name, node: g.whole(0, nodes - 1) })
  const inZone = clusters.filter(({ zone }) => zone === cluster.zone)
  return {
    atS: time(style, 0, 50),
    forS: g.pick([0, time(style, 0, 10), time(style, 0, 30), 5, 20, Infinity]),
    victims: g.pick([
      () => [node()],
      () => [node(), node()],
      () => [{ cluster: cluster.name, node: '*' as const }],
      () => inZone.map(({ name }) => ({ cluster: name, node: '*' as const })),
    ])(),
  }
}
