/** From a ModelSpec to the engine's columns; written for the tests, independent of runner/compile. */
import { distributions } from '../../engine/distributions.ts'
import type { Classes, Clusters, Failures, Groups, Model, Traces } from '../../engine/model.ts'
import { hashName } from '../../engine/random.ts'
import {
  type ClusterSpec,
  type FailureSpec,
  fullRequest,
  type GroupSpec,
  type ModelSpec,
  type RequestSpec,
  type TraceJobSpec,
  tasksPerNode,
  type WorkloadSpec,
} from './model-spec.ts'

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const starts = (lengths: readonly number[]) =>
  Int32Array.from([0, ...lengths.map((_, i) => sum(lengths.slice(0, i + 1)))])

export function buildModel(spec: ModelSpec): Model {
  const clusters = [...spec.clusters].sort(byName)
  const workloads = [...spec.workloads].sort(byName)
  const groups = clusters.flatMap((cluster, index) => cluster.groups.map(group => ({ ...group, cluster: index })))
  const traces = workloads.map(workload => [...(workload.trace ?? [])].sort((a, b) => a.submitS - b.submitS))
  const classes = new ClassList()
  const stages = workloads.map(workload => (workload.trace ? -1 : classes.indexOf(workload.request)))
  const traceColumns = buildTraces(traces, classes, workloads)
  const nodeStart = starts(clusters.map(cluster => sum(cluster.groups.map(group => group.nodes))))
  return {
    seed: spec.seed ?? 1,
    horizonS: spec.horizonS ?? Infinity,
    warmupS: spec.warmupS ?? 0,
    clusters: buildClusters(clusters, nodeStart),
    groups: buildGroups(groups),
    nodeGroup: Int32Array.from(groups.flatMap((group, index) => Array<number>(group.nodes).fill(index))),
    nodeCluster: Int32Array.from(groups.flatMap(group => Array<number>(group.nodes).fill(group.cluster))),
    latencyS: buildLatency(spec, clusters),
    classes: classes.columns(groups),
    stages: {
      count: workloads.length,
      ids: workloads.map(() => 'stage'),
      workload: Int32Array.from(workloads.keys()),
      class: Int32Array.from(stages),
      work: Int32Array.from(workloads, ({ work }) => distributions.findIndex(entry => entry.name === work?.kind)),
      workA: Float64Array.from(workloads, ({ work }) => work?.a ?? 0),
      workB: Float64Array.from(workloads, ({ work }) => work?.b ?? 0),
      estimateS: Float64Array.from(workloads, workload => workload.estimateS ?? meanWork(workload)),
      failureProbability: Float64Array.from(workloads, workload => workload.failureProbability ?? 0),
    },
    workloads: { ...buildWorkloads(workloads, clusters), traceStart: starts(traces.map(trace => trace.length)) },
    traces: traceColumns,
    failures: buildFailures(spec.failures ?? [], clusters, nodeStart),
  }
}

function meanWork({ work }: WorkloadSpec): number {
  if (work === undefined) return 0
  return distributions.find(entry => entry.name === work.kind)!.mean(work.a ?? 0, work.b ?? 0)
}

/** Distinct requests in the order in which they are met. */
class ClassList {
  private readonly requests: Required<RequestSpec>[] = []

  indexOf(request: RequestSpec | undefined): number {
    const full = fullRequest(request)
    const same = (other: Required<RequestSpec>) => Object.entries(full).every(([k, v]) => other[k as 'tasks'] === v)
    const known = this.requests.findIndex(same)
    return known >= 0 ? known : this.requests.push(full) - 1
  }

  columns(groups: readonly GroupSpec[]): Classes {
    const eligible = this.requests.map(request =>
      [...groups.keys()].filter(index => tasksPerNode(groups[index], request) > 0),
    )
    const column = (key: keyof RequestSpec) => Int32Array.from(this.requests, request => request[key])
    return {
      count: this.requests.length,
      tasks: column('tasks'),
      cpuMilli: column('cpuMilli'),
      memoryBytes: Float64Array.from(this.requests, request => request.memoryBytes),
      gpuMilli: column('gpuMilli'),
      archMask: column('archMask'),
      groupStart: starts(eligible.map(list => list.length)),
      groups: Int32Array.from(eligible.flat()),
    }
  }
}

function buildClusters(clusters: readonly ClusterSpec[], nodeStart: Int32Array): Clusters {
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

function buildGroups(groups: readonly (GroupSpec & { cluster: number })[]): Groups {
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

function buildLatency(spec: ModelSpec, clusters: readonly ClusterSpec[]): Float64Array {
  const latencyS = new Float64Array(clusters.length * clusters.length)
  const index = (name: string) => clusters.findIndex(cluster => cluster.name === name)
  for (const [from, to, seconds] of spec.latency ?? []) latencyS[index(from) * clusters.length + index(to)] = seconds
  return latencyS
}

function buildWorkloads(workloads: readonly WorkloadSpec[], clusters: readonly ClusterSpec[]) {
  const floats = (of: (workload: WorkloadSpec) => number) => Float64Array.from(workloads, of)
  const origins = workloads.map(workload => originsOf(workload, clusters))
  return {
    count: workloads.length,
    names: workloads.map(workload => workload.name),
    hash: Uint32Array.from(workloads, workload => hashName(workload.name)),
    stageStart: starts(workloads.map(() => 1)),
    arrivals: Int32Array.from(workloads, workload => (workload.trace ? 1 : 0)),
    ratePerS: floats(workload => workload.poisson?.ratePerS ?? 0),
    fromS: floats(workload => workload.poisson?.fromS ?? 0),
    untilS: floats(workload => workload.poisson?.untilS ?? Infinity),
    maxJobs: floats(workload => workload.poisson?.maxJobs ?? Infinity),
    deadlineS: floats(workload => workload.deadlineS ?? Infinity),
    retries: Int32Array.from(workloads, workload => workload.retries ?? 0),
    originStart: starts(origins.map(list => list.length)),
    originCluster: Int32Array.from(origins.flat(), origin => origin.cluster),
    originCumulative: Float64Array.from(origins.flat(), origin => origin.cumulative),
  }
}

function originsOf(workload: WorkloadSpec, clusters: readonly ClusterSpec[]) {
  const weights = workload.origin ?? { [clusters[0].name]: 1 }
  const total = sum(Object.values(weights))
  const listed = [...clusters.entries()].filter(([, cluster]) => weights[cluster.name] > 0)
  return listed.map(([cluster], i) => ({
    cluster,
    cumulative: sum(listed.slice(0, i + 1).map(([, { name }]) => weights[name])) / total,
  }))
}

function buildTraces(traces: TraceJobSpec[][], classes: ClassList, workloads: readonly WorkloadSpec[]): Traces {
  const jobs = traces.flatMap((trace, w) => trace.map((job, id) => ({ ...job, id, workload: workloads[w] })))
  return {
    count: jobs.length,
    submitS: Float64Array.from(jobs, job => job.submitS),
    runS: Float64Array.from(jobs, job => job.runS),
    estimateS: Float64Array.from(jobs, job => job.estimateS ?? job.runS),
    class: Int32Array.from(jobs, job => classes.indexOf(job.request ?? job.workload.request)),
    id: Float64Array.from(jobs, job => job.id),
  }
}

function buildFailures(
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
