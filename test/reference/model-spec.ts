/** A Model as a person would write it down in a test: plain data, defaults, node ordinals instead of columns. */

export interface GroupSpec {
  nodes: number
  cpuMilli: number
  memoryBytes?: number
  gpuMilli?: number
  /** Index into engine/architectures.ts. */
  arch?: number
  speed?: number
  startupS?: number
  idleW?: number
  busyW?: number
  failedW?: number
}

export interface ClusterSpec {
  name: string
  /** Default: a zone of its own. */
  zone?: string
  pue?: number
  detectionS?: number
  groups: GroupSpec[]
}

/** Per task. */
export interface RequestSpec {
  tasks?: number
  cpuMilli?: number
  memoryBytes?: number
  gpuMilli?: number
  /** Bits; default: any. */
  archMask?: number
}

export interface TraceJobSpec {
  submitS: number
  runS: number
  estimateS?: number
  request?: RequestSpec
}

export interface WorkloadSpec {
  name: string
  /** Weights by cluster; default: the first cluster. They are normalised. */
  origin?: Record<string, number>
  deadlineS?: number
  retries?: number
  failureProbability?: number
  /** Jobs of a trace, in any order; or a Poisson process. */
  trace?: TraceJobSpec[]
  poisson?: { ratePerS: number; fromS?: number; untilS?: number; maxJobs?: number }
  /** For Poisson: name in engine/distributions.ts and its parameters. */
  work?: { kind: string; a?: number; b?: number }
  estimateS?: number
  request?: RequestSpec
}

export interface FailureSpec {
  atS: number
  /** Default: for good. */
  forS?: number
  /** Cluster and node within it, from 0; `*`: all its nodes. */
  victims: { cluster: string; node: number | '*' }[]
}

export interface ModelSpec {
  seed?: number
  horizonS?: number
  warmupS?: number
  clusters: ClusterSpec[]
  /** One-way seconds [from, to, seconds]; default 0. */
  latency?: [string, string, number][]
  workloads: WorkloadSpec[]
  failures?: FailureSpec[]
}

/** What a request is with its defaults: one task of one core. */
export const fullRequest = (request: RequestSpec = {}): Required<RequestSpec> => ({
  tasks: 1,
  cpuMilli: 1000,
  memoryBytes: 0,
  gpuMilli: 0,
  archMask: 0b111111,
  ...request,
})

/** How many tasks of a request an empty node of the group takes. */
export function tasksPerNode(group: GroupSpec, request: Required<RequestSpec>): number {
  if (((1 << (group.arch ?? 0)) & request.archMask) === 0) return 0
  const share = (have: number, ask: number) => (ask === 0 ? Infinity : Math.floor(have / ask))
  return Math.min(
    share(group.cpuMilli, request.cpuMilli),
    share(group.memoryBytes ?? 0, request.memoryBytes),
    share(group.gpuMilli ?? 0, request.gpuMilli),
  )
}

/** Whether one cluster of the intact fabric can hold the whole gang. */
export const feasible = (clusters: readonly ClusterSpec[], request: RequestSpec = {}): boolean =>
  clusters.some(cluster => {
    const full = fullRequest(request)
    return cluster.groups.reduce((sum, group) => sum + group.nodes * tasksPerNode(group, full), 0) >= full.tasks
  })
