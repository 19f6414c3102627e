/** Makes a world in which something goes wrong as small as it will go, by leaving out what it can do without. */
import { type ClusterSpec, feasible, type ModelSpec, type WorkloadSpec } from './model-spec.ts'

/** The smallest world met in which `fails` still holds, after at most so many looks. */
export function shrink(spec: ModelSpec, fails: (spec: ModelSpec) => boolean, looks = 600): ModelSpec {
  let smallest = spec
  let left = looks
  for (let found = true; found && left > 0; ) {
    found = false
    for (const candidate of simpler(smallest)) {
      if (left-- <= 0) break
      if (!isValid(candidate) || !fails(candidate)) continue
      smallest = candidate
      found = true
      break
    }
  }
  return smallest
}

function* simpler(spec: ModelSpec): Generator<ModelSpec> {
  for (const workloads of shorter(spec.workloads)) yield { ...spec, workloads }
  for (const failures of shorter(spec.failures ?? [])) yield { ...spec, failures }
  for (const cluster of spec.clusters) yield without(spec, cluster)
  if (spec.warmupS !== undefined) yield omit(spec, 'warmupS')
  if (spec.horizonS !== undefined) yield omit(spec, 'horizonS')
  if (spec.latency?.length) yield { ...spec, latency: [] }
  for (const [i, workload] of spec.workloads.entries()) {
    for (const other of simplerWorkloads(workload)) yield { ...spec, workloads: spec.workloads.with(i, other) }
  }
  for (const [i, cluster] of spec.clusters.entries()) {
    for (const other of simplerClusters(cluster)) yield { ...spec, clusters: spec.clusters.with(i, other) }
  }
}

/** Half of a list, then all but one. */
function* shorter<T>(list: readonly T[]): Generator<T[]> {
  const half = Math.ceil(list.length / 2)
  if (list.length > 3) yield* [list.slice(0, half), list.slice(half)]
  for (let i = list.length - 1; i >= 0; i--) yield list.toSpliced(i, 1)
}

function* simplerWorkloads(workload: WorkloadSpec): Generator<WorkloadSpec> {
  for (const trace of shorter(workload.trace ?? [])) if (trace.length > 0) yield { ...workload, trace }
  const optional = ['deadlineS', 'retries', 'failureProbability', 'request', 'origin'] as const
  for (const key of optional) if (workload[key] !== undefined) yield omit(workload, key)
  const maxJobs = Math.min(workload.poisson?.maxJobs ?? 64, 64)
  if (workload.poisson && maxJobs > 1) yield { ...workload, poisson: { ...workload.poisson, maxJobs: maxJobs / 2 } }
}

function* simplerClusters(cluster: ClusterSpec): Generator<ClusterSpec> {
  for (const groups of shorter(cluster.groups)) if (groups.length > 0) yield { ...cluster, groups }
  for (const [i, group] of cluster.groups.entries()) {
    const optional = ['startupS', 'speed', 'gpuMilli', 'arch', 'idleW', 'busyW', 'failedW'] as const
    for (const key of optional) {
      if (group[key] !== undefined) yield { ...cluster, groups: cluster.groups.with(i, omit(group, key)) }
    }
    const fewer = { ...group, nodes: group.nodes - 1 }
    if (group.nodes > 1) yield { ...cluster, groups: cluster.groups.with(i, fewer) }
  }
  for (const key of ['pue', 'detectionS'] as const) if (cluster[key] !== undefined) yield omit(cluster, key)
}

function omit<T extends object, K extends keyof T>(object: T, key: K): T {
  const copy = { ...object }
  delete copy[key]
  return copy
}

/** The world without a cluster and all that names it. */
function without(spec: ModelSpec, { name }: ClusterSpec): ModelSpec {
  const originWithout = (workload: WorkloadSpec) =>
    workload.origin === undefined ? workload : { ...workload, origin: omit(workload.origin, name) }
  return {
    ...spec,
    clusters: spec.clusters.filter(cluster => cluster.name !== name),
    latency: (spec.latency ?? []).filter(([from, to]) => from !== name && to !== name),
    workloads: spec.workloads.map(originWithout),
    failures: (spec.failures ?? []).filter(failure => failure.victims.every(({ cluster }) => cluster !== name)),
  }
}

/** Whether every reference holds, every stage can run, and the run ends. */
function isValid({ clusters, workloads, failures = [], horizonS = Infinity }: ModelSpec): boolean {
  const nodesOf = (name: string) =>
    clusters.find(cluster => cluster.name === name)?.groups.reduce((sum, group) => sum + group.nodes, 0) ?? 0
  const ends = ({ poisson }: WorkloadSpec) =>
    poisson === undefined || Math.min(poisson.maxJobs ?? Infinity, poisson.untilS ?? Infinity, horizonS) < Infinity
  const runs = ({ trace, request }: WorkloadSpec) =>
    (trace ?? [{ request }]).every(job => feasible(clusters, job.request ?? request))
  const hasOrigin = ({ origin }: WorkloadSpec) => origin === undefined || Object.keys(origin).length > 0
  return (
    clusters.length > 0 &&
    workloads.length > 0 &&
    workloads.every(workload => ends(workload) && runs(workload) && hasOrigin(workload)) &&
    failures.every(failure =>
      failure.victims.every(({ cluster, node }) => (node === '*' ? 0 : node) < nodesOf(cluster)),
    )
  )
}
