/** A Model as a person would write it down in a test: plain data, defaults, node ordinals instead of columns. */
import type { comparators } from '../../engine/metrics.ts'

export interface GroupSpec {
  nodes: number
  /** What may be requested of a node. */
  cpuMilli: number
  /** What it has; default: as much. */
  coreMilli?: number
  memoryBytes?: number
  gpuMilli?: number
  /** Index into engine/architectures.ts. */
  arch?: number
  /** Run-time factor of wasm here, and of what was built for another architecture; default 0: cannot run it. */
  wasm?: number
  emulated?: number
  speed?: number
  startupS?: number
  idleW?: number
  busyW?: number
  failedW?: number
  /** Switched off, booting and going off. */
  offW?: number
  bootS?: number
  bootW?: number
  shutdownS?: number
  shutdownW?: number
  /** Name in engine/power; default linear. `interpolated` needs a table of watts. */
  power?: string
  powerTable?: number[]
}

export interface ClusterSpec {
  name: string
  /** Default: a zone of its own. */
  zone?: string
  pue?: number
  detectionS?: number
  /** Steps [from second, gCO2e/kWh], ascending; default: not known. */
  carbon?: [number, number][]
  groups: GroupSpec[]
}

/** Per task. */
export interface RequestSpec {
  tasks?: number
  cpuMilli?: number
  memoryBytes?: number
  gpuMilli?: number
  /** Used while it runs; default: what is requested. */
  useMilli?: number
  /** Architectures it was built for, as bits; default: any. */
  archMask?: number
  /** Built as wasm too. */
  wasm?: boolean
}

export interface TraceJobSpec {
  submitS: number
  runS: number
  estimateS?: number
  request?: RequestSpec
  /** What a task uses over time: until so many work seconds, so many millicores. */
  course?: [untilS: number, milli: number][]
}

/** Name in engine/distributions.ts and its parameters. */
export interface DistributionSpec {
  kind: string
  a?: number
  b?: number
}

export const stores = ['node', 'cluster', 'remote'] as const

export interface StageSpec {
  /** Positions of earlier stages of the list that must complete before. */
  after?: number[]
  work?: DistributionSpec
  /** Default: the mean of the work. */
  estimateS?: number
  request?: RequestSpec
  failureProbability?: number
  checkpoint?: { everyS: number; costS: number; store: (typeof stores)[number] }
  /** Default: 0. */
  inputBytes?: number
  outputBytes?: number
}

/** When the jobs of a process begin and cease to come. */
interface Bounds {
  fromS?: number
  untilS?: number
  maxJobs?: number
}

/** A workload of one stage has what a stage has; one of several lists them. */
export interface WorkloadSpec extends Omit<StageSpec, 'after'> {
  name: string
  /** Weights by cluster; default: the first cluster. They are normalised. */
  origin?: Record<string, number>
  priority?: number
  /** Default: the workload alone. */
  tenant?: string
  deadlineS?: number
  /** Jobs are cancelled at their deadline. */
  cancelLate?: boolean
  retries?: number
  stages?: StageSpec[]
  /** Jobs of a trace, in any order (one stage), or one of the processes. */
  trace?: TraceJobSpec[]
  poisson?: Bounds & { ratePerS: number }
  renewal?: Bounds & { interval: DistributionSpec }
  mmpp?: Bounds & { states: { ratePerS: number; stayS: number }[] }
  closed?: Bounds & { users: number; think: DistributionSpec }
  diurnal?: Bounds & { ratePerS: number; amplitude: number; periodS: number; peakS: number }
}

/** Cluster and node within it, from 0; `*`: all its nodes. */
export interface VictimSpec {
  cluster: string
  node: number | '*'
}

/** From one cluster to another. */
export type PairSpec = [string, string]

/** What a failure does: its nodes go dark, or `slow`; its pairs are cut, or their latency is `inflate`d. */
export interface EffectSpec {
  victims?: VictimSpec[]
  slow?: number
  pairs?: PairSpec[]
  inflate?: { factor: number; addS: number }
}

export interface FailureSpec extends EffectSpec {
  atS: number
  /** Default: for good. */
  forS?: number
}

export interface RandomFailureSpec {
  up: DistributionSpec
  down: DistributionSpec
  /** What the random counter knows it by; weight: default 1. */
  members: (EffectSpec & { name: string; ordinal: number; weight?: number })[]
}

export interface TriggerSpec {
  /** Name of a metric that can be observed; of a cluster, or of the fabric. */
  metric: string
  cluster?: string
  comparator: (typeof comparators)[number]
  value: number
  /** Default: 0. */
  holdS?: number
  /** Default: for good, and never again. */
  forS?: number
  rearmS?: number
  /** So many of the members are drawn; default: all. */
  picks?: number
  members: (EffectSpec & { weight?: number })[]
}

export interface TenantSpec {
  name: string
  weight?: number
  /** Default: no quota. */
  cpuMilli?: number
  memoryBytes?: number
  gpuMilli?: number
}

export interface ModelSpec {
  seed?: number
  horizonS?: number
  warmupS?: number
  clusters: ClusterSpec[]
  /** One-way seconds [from, to, seconds]; default 0. */
  latency?: [string, string, number][]
  /** Bytes a second [from, to, bytes]; default: not limited. */
  bandwidth?: [string, string, number][]
  workloads: WorkloadSpec[]
  /** Of those that a workload names and that are not here nothing is limited. */
  tenants?: TenantSpec[]
  failures?: FailureSpec[]
  randomFailures?: RandomFailureSpec[]
  triggers?: TriggerSpec[]
}

/** The stages of a workload, one where it lists none. */
export const stagesOf = (workload: WorkloadSpec): StageSpec[] => workload.stages ?? [workload]

/** Bounds of the process by which the jobs come; a trace has its own. */
export const boundsOf = ({ poisson, renewal, diurnal, mmpp, closed }: WorkloadSpec): Bounds =>
  poisson ?? renewal ?? diurnal ?? mmpp ?? closed ?? {}

/** All that a world lets go wrong. */
export const effectsOf = ({ failures = [], randomFailures = [], triggers = [] }: ModelSpec): EffectSpec[] => [
  ...failures,
  ...randomFailures.flatMap(({ members }) => members),
  ...triggers.flatMap(({ members }) => members),
]

/** What a request is with its defaults: one task of one core. */
export const fullRequest = (request: RequestSpec = {}): Required<RequestSpec> => ({
  tasks: 1,
  cpuMilli: 1000,
  memoryBytes: 0,
  gpuMilli: 0,
  useMilli: request.cpuMilli ?? 1000,
  archMask: 0b111111,
  wasm: false,
  ...request,
})
