/** Requests, workloads and traces of a ModelSpec as columns. */
import type { Classes, Traces } from '../../engine/model.ts'
import { hashName } from '../../engine/random.ts'
import { starts, sum } from './build-fabric.ts'
import {
  type ClusterSpec,
  fullRequest,
  type GroupSpec,
  type RequestSpec,
  type TraceJobSpec,
  tasksPerNode,
  type WorkloadSpec,
} from './model-spec.ts'

/** Distinct requests in the order in which they are met. */
export class ClassList {
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

export function buildWorkloads(workloads: readonly WorkloadSpec[], clusters: readonly ClusterSpec[]) {
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

export function buildTraces(traces: TraceJobSpec[][], classes: ClassList, workloads: readonly WorkloadSpec[]): Traces {
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
