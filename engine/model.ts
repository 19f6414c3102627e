/**
 * The Model: one sweep point as immutable columns. Everything is in the engine's units (seconds since
 * `spec.start`, millicores, bytes, milli-GPU, watts); `shareModel` lays all numeric columns out in one
 * SharedArrayBuffer, so that every thread reads the same memory.
 *
 * Clusters and workloads are sorted by name, nodes are contiguous by group and groups by cluster: permuting
 * the scenario file changes nothing.
 */

import type { Compat } from './compat.ts'

/** A column of numbers. */
export type Column = Float64Array | Int32Array | Uint32Array | Uint8Array

export interface Clusters {
  readonly count: number
  readonly names: readonly string[]
  readonly zones: readonly string[]
  readonly regions: readonly string[]
  readonly pools: readonly string[]
  /** Nodes are named `<prefix>-<ordinal + 1>`, at least two digits: see `nodeName`. */
  readonly nodePrefixes: readonly string[]
  /** 32-bit hash of the name: part of the random counter of everything drawn for the cluster. */
  readonly hash: Uint32Array
  /** Index of the failure domain; clusters of one zone share it. */
  readonly zone: Int32Array
  /** Power usage effectiveness, facility watts per watt of IT equipment. */
  readonly pue: Float64Array
  /** Seconds from a failure until the control plane believes it. */
  readonly detectionS: Float64Array
  /** First node of each cluster; `nodeStart[count]` is the number of nodes. */
  readonly nodeStart: Int32Array
}

/** A group is a run of identical nodes of one cluster. */
export interface Groups {
  readonly count: number
  readonly cluster: Int32Array
  /** First node of each group; `nodeStart[count]` is the number of nodes. */
  readonly nodeStart: Int32Array
  /** Millicores that a node has. */
  readonly coreMilli: Int32Array
  /** What may be requested of a node; more millicores than it has where CPU is overcommitted. */
  readonly cpuMilli: Int32Array
  readonly memoryBytes: Float64Array
  /** 1000 per device. */
  readonly gpuMilli: Int32Array
  /** Work done per second, relative to the reference machine on which durations are stated. */
  readonly speed: Float64Array
  /** Seconds from a placement's arrival at the node until the stage runs (pull, create, start). */
  readonly startupS: Float64Array
  /** Index into `powerModels`. */
  readonly powerModel: Int32Array
  readonly offW: Float64Array
  readonly failedW: Float64Array
  readonly idleW: Float64Array
  readonly busyW: Float64Array
  /** Watts at equally spaced loads from idle to full, of group g: powerTable[powerTableStart[g]] …; for the interpolated model. */
  readonly powerTableStart: Int32Array
  readonly powerTable: Float64Array
}

/** A class is a distinct (request, constraints): what fits one stage of it fits every other. */
export interface Classes {
  readonly count: number
  readonly tasks: Int32Array
  /** Requests are per task. GPUs: a part of one device (below 1000), or whole ones (multiples of 1000). */
  readonly cpuMilli: Int32Array
  readonly memoryBytes: Float64Array
  readonly gpuMilli: Int32Array
  /** Millicores that a task uses while it runs. */
  readonly useMilli: Int32Array
  /**
   * Run-time factor of class k on group g at [k * groups.count + g]: 1 native, more where it runs as wasm or emulated;
   * 0: not eligible.
   */
  readonly factor: Float64Array
  /** 0 native, 1 wasm, 2 emulated, in the same order. */
  readonly mode: Uint8Array
  /**
   * The class without those, of its groups of a factor above 1, on which work takes longest, for stages that no longer
   * have the slack for them; the class itself where it has no such groups, or none of factor 1.
   */
  readonly strictTwin: Int32Array
  /** Eligible groups of class k: groups[groupStart[k]] … groups[groupStart[k + 1] − 1], ascending. */
  readonly groupStart: Int32Array
  readonly groups: Int32Array
}

/**
 * What stages ask about others: to run beside them, apart from them, or evenly spread. A term is about the tasks of the
 * classes that match it, by domain: the nodes of one zone, say.
 */
export interface Neighbours {
  /** Terms. */
  readonly count: number
  /** See `termKind`. */
  readonly kind: Uint8Array
  /** Of a spread the most that a domain may be above the least; of what is preferred or avoided its weight. */
  readonly weight: Int32Array
  /** 1: each node is a domain of its own. */
  readonly perNode: Uint8Array
  /** 1: domains without a node that is ready do not count; of a spread. */
  readonly readyOnly: Uint8Array
  /** Domain of the nodes of group g at [t * groups.count + g]; −1: in none. Where nodes are domains, only whether they are: 0. */
  readonly domain: Int32Array
  /** 1: stages of class k have the term, or are those that it is about, at [t * classes.count + k]. */
  readonly owns: Uint8Array
  readonly matches: Uint8Array
  /** What stages of class k prefer the nodes of group g by, at [k * groups.count + g]: a sum of weights. */
  readonly preference: Int32Array
}

export const termKind = {
  affinity: 0,
  antiAffinity: 1,
  spread: 2,
  preferred: 3,
  avoided: 4,
  preferredSpread: 5,
} as const

export interface Stages {
  readonly count: number
  readonly ids: readonly string[]
  readonly workload: Int32Array
  /** Class of the stage; −1 where each job of a trace has its own. */
  readonly class: Int32Array
  /** Index into `distributions` and up to three parameters in its order (seconds at speed 1). */
  readonly work: Int32Array
  readonly workA: Float64Array
  readonly workB: Float64Array
  /** What policies see instead of the drawn work, seconds at speed 1. */
  readonly estimateS: Float64Array
  /** Probability that an attempt dies of its own fault. */
  readonly failureProbability: Float64Array
  /** Stages that must complete before stage s: predecessors[predecessorStart[s]] … ; indices of this table. */
  readonly predecessorStart: Int32Array
  readonly predecessors: Int32Array
  /** Work seconds between checkpoints (Infinity: none), what each takes, and where it lies: 0 node, 1 cluster, 2 remote. */
  readonly checkpointEveryS: Float64Array
  readonly checkpointCostS: Float64Array
  readonly checkpointStore: Uint8Array
  /** Bytes that an attempt needs before it begins (0: of a stage with predecessors, what these put out), and what it puts out. */
  readonly inputBytes: Float64Array
  readonly outputBytes: Float64Array
}

export interface Workloads {
  readonly count: number
  readonly names: readonly string[]
  readonly hash: Uint32Array
  /** First stage of each workload; `stageStart[count]` is the number of stages. */
  readonly stageStart: Int32Array
  /** 0 Poisson, 1 trace, 2 renewal, 3 diurnal. */
  readonly arrivals: Int32Array
  /** Distribution of the time between two jobs (renewal) and its parameters, seconds. */
  readonly interval: Int32Array
  readonly intervalA: Float64Array
  readonly intervalB: Float64Array
  /** Diurnal: rate · (1 + amplitude · cos(2π (t − peak) / period)). */
  readonly amplitude: Float64Array
  readonly periodS: Float64Array
  readonly peakS: Float64Array
  /** Stages of workloads with a higher priority are before all others. */
  readonly priority: Int32Array
  /** 1: a job is cancelled when its deadline passes. */
  readonly cancelLate: Uint8Array
  /** Jobs a second (Poisson; mean of diurnal). */
  readonly ratePerS: Float64Array
  readonly fromS: Float64Array
  readonly untilS: Float64Array
  /** At most so many jobs; Infinity without limit. */
  readonly maxJobs: Float64Array
  /** Relative to submission; Infinity without. */
  readonly deadlineS: Float64Array
  readonly retries: Int32Array
  /** Origins of workload w: originStart[w] … originStart[w + 1] − 1, with cumulative probabilities. */
  readonly originStart: Int32Array
  readonly originCluster: Int32Array
  readonly originCumulative: Float64Array
  /** Jobs of workload w in `traces`: traceStart[w] … traceStart[w + 1] − 1 (none for Poisson). */
  readonly traceStart: Int32Array
}

/** Who the workloads belong to. */
export interface Tenants {
  readonly count: number
  readonly names: readonly string[]
  /** Tenant of each workload. */
  readonly ofWorkload: Int32Array
  /** Of what is shared fairly, so many parts. */
  readonly weight: Float64Array
  /** The most that stages which wait or are placed may request together; Infinity: no quota. */
  readonly cpuMilli: Float64Array
  readonly memoryBytes: Float64Array
  readonly gpuMilli: Float64Array
}

/** Jobs of traces, of each workload in order of (submitS, position in the file). */
export interface Traces {
  readonly count: number
  readonly submitS: Float64Array
  /** Work in seconds at speed 1. */
  readonly runS: Float64Array
  readonly estimateS: Float64Array
  readonly class: Int32Array
  /** The number that the trace gives the job. */
  readonly id: Float64Array
}

/** What a failure does while it lasts: one table for all triggers. */
export interface Effects {
  readonly count: number
  /** See `effectKind`. */
  readonly kind: Uint8Array
  /** Slow: what is left of the nodes' speed; inflate: by what latencies are multiplied. */
  readonly factor: Float64Array
  /** Inflate: seconds added to latencies, after the factor. */
  readonly addS: Float64Array
  /** Nodes that go dark or slow: nodes[nodeStart[e]] …, ascending. */
  readonly nodeStart: Int32Array
  readonly nodes: Int32Array
  /** Directed pairs of clusters (from · clusters.count + to) that are cut or inflated, ascending. */
  readonly pairStart: Int32Array
  readonly pairs: Int32Array
}

export const effectKind = { blackout: 0, cut: 1, inflate: 2, slow: 3 } as const

/** Failures at a time and for a while, sorted by (at, position in the file). */
export interface Failures {
  readonly count: number
  /** What a person calls it, e.g. `zone eu-1`. */
  readonly labels: readonly string[]
  readonly atS: Float64Array
  /** Infinity: for good. */
  readonly forS: Float64Array
  readonly effect: Int32Array
}

/**
 * Members that fail at random: a member (a node, a link, or all nodes of a cluster or zone) is up for a time drawn
 * from `up` divided by its weight, then down for a time drawn from `down`, and so on.
 */
export interface RandomFailures {
  /** Schedules. */
  readonly count: number
  readonly labels: readonly string[]
  readonly up: Int32Array
  readonly upA: Float64Array
  readonly upB: Float64Array
  readonly down: Int32Array
  readonly downA: Float64Array
  readonly downB: Float64Array
  /** Schedule of each member, ascending; its name's hash and its ordinal (random counter); weight 0: never fails. */
  readonly schedule: Int32Array
  readonly hash: Uint32Array
  readonly ordinal: Float64Array
  readonly weight: Float64Array
  readonly effect: Int32Array
}

/** Failures that come when an observed quantity has crossed a bound for a while. */
export interface Triggers {
  readonly count: number
  readonly labels: readonly string[]
  /** Index into `metrics` of one that can be observed; cluster, or −1 for the fabric. */
  readonly metric: Int32Array
  readonly cluster: Int32Array
  /** Index into `comparators`. */
  readonly comparator: Uint8Array
  readonly value: Float64Array
  /** For how long the condition must hold. */
  readonly holdS: Float64Array
  /** How long the failure lasts; Infinity: for good. */
  readonly forS: Float64Array
  /** After its end the condition is looked at again so much later; Infinity: never again. */
  readonly rearmS: Float64Array
  /** Of the members of trigger t (memberStart[t] …) so many are drawn, each with its weight; all where `picks` is 0. */
  readonly picks: Int32Array
  readonly memberStart: Int32Array
  readonly memberEffect: Int32Array
  readonly memberWeight: Float64Array
}

/** Carbon intensity as steps: that of cluster c from atS[i] on, i = start[c] … start[c + 1] − 1; the first at or before 0. */
export interface Carbon {
  readonly start: Int32Array
  readonly atS: Float64Array
  readonly gramsPerKwh: Float64Array
}

export interface Model {
  readonly seed: number
  /** A published system whose way of running is followed. */
  readonly compat?: Compat
  /** Infinity: until the workload drains. */
  readonly horizonS: number
  /** Jobs submitted earlier are simulated, not measured; energy counts from here. */
  readonly warmupS: number
  readonly clusters: Clusters
  readonly groups: Groups
  /** Group of each node. */
  readonly nodeGroup: Int32Array
  /** Cluster of each node. */
  readonly nodeCluster: Int32Array
  /** One-way seconds from cluster i to cluster j at [i * clusters.count + j]. */
  readonly latencyS: Float64Array
  /** Bytes a second from cluster i to cluster j, shared by what is under way, in the same order; Infinity: not limited. */
  readonly bandwidth: Float64Array
  readonly classes: Classes
  /** Absent: no stage asks about others. */
  readonly neighbours?: Neighbours
  readonly stages: Stages
  readonly workloads: Workloads
  /** Absent: each workload is a tenant of its own, without quota. */
  readonly tenants?: Tenants
  readonly traces: Traces
  readonly effects: Effects
  readonly failures: Failures
  readonly randomFailures: RandomFailures
  readonly triggers: Triggers
  readonly carbon: Carbon
}

/** Kubernetes name of a node: the cluster's prefix and the ordinal from 1, at least two digits. */
export function nodeName({ clusters, nodeCluster }: Pick<Model, 'clusters' | 'nodeCluster'>, node: number): string {
  const cluster = nodeCluster[node]
  const ordinal = node - clusters.nodeStart[cluster] + 1
  return `${clusters.nodePrefixes[cluster]}-${String(ordinal).padStart(2, '0')}`
}

/**
 * A copy of the model with every numeric column in one SharedArrayBuffer (8-byte aligned), so that
 * `postMessage` hands it over without copying.
 */
export function shareModel(model: Model): Model {
  let bytes = 0
  walk(model, column => {
    bytes += (column.byteLength + 7) & ~7
    return column
  })
  const buffer = new SharedArrayBuffer(Math.max(8, bytes))
  let offset = 0
  return walk(model, column => {
    const ColumnType = column.constructor as new (buffer: SharedArrayBuffer, offset: number, length: number) => Column
    const shared = new ColumnType(buffer, offset, column.length)
    shared.set(column)
    offset += (column.byteLength + 7) & ~7
    return shared
  }) as Model
}

function walk(value: unknown, visit: (column: Column) => Column): unknown {
  if (ArrayBuffer.isView(value)) return visit(value as Column)
  if (Array.isArray(value) || value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, walk(child, visit)]))
}
