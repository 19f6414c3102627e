/** Workloads and traces of a ModelSpec as columns. */
import { arrivalKind } from '../../engine/arrivals/index.ts'
import type { Traces, Workloads } from '../../engine/model.ts'
import { hashName } from '../../engine/random.ts'
import type { ClassList } from './build-classes.ts'
import { starts, sum } from './build-fabric.ts'
import { distributionColumns } from './build-stages.ts'
import { boundsOf, type ClusterSpec, stagesOf, type TraceJobSpec, type WorkloadSpec } from './model-spec.ts'

export function buildWorkloads(
  workloads: readonly WorkloadSpec[],
  clusters: readonly ClusterSpec[],
): Omit<Workloads, 'traceStart'> {
  const floats = (of: (workload: WorkloadSpec) => number) => Float64Array.from(workloads, of)
  const origins = workloads.map(workload => originsOf(workload, clusters))
  return {
    count: workloads.length,
    names: workloads.map(workload => workload.name),
    hash: Uint32Array.from(workloads, workload => hashName(workload.name)),
    stageStart: starts(workloads.map(workload => stagesOf(workload).length)),
    ...processColumns(workloads),
    priority: Int32Array.from(workloads, workload => workload.priority ?? 0),
    cancelLate: Uint8Array.from(workloads, workload => (workload.cancelLate ? 1 : 0)),
    deadlineS: floats(workload => workload.deadlineS ?? Infinity),
    retries: Int32Array.from(workloads, workload => workload.retries ?? 0),
    originStart: starts(origins.map(list => list.length)),
    originCluster: Int32Array.from(origins.flat(), origin => origin.cluster),
    originCumulative: Float64Array.from(origins.flat(), origin => origin.cumulative),
  }
}

/** How the jobs of each workload come. */
function processColumns(workloads: readonly WorkloadSpec[]) {
  const floats = (of: (workload: WorkloadSpec) => number) => Float64Array.from(workloads, of)
  const interval = distributionColumns(workloads.map(workload => workload.renewal?.interval ?? workload.closed?.think))
  const states = workloads.map(({ mmpp }) => mmpp?.states ?? [])
  return {
    arrivals: Int32Array.from(workloads, processOf),
    ratePerS: floats(({ poisson, diurnal }) => (poisson ?? diurnal)?.ratePerS ?? 0),
    users: Int32Array.from(workloads, ({ closed }) => closed?.users ?? 0),
    stateStart: starts(states.map(list => list.length)),
    stateRatePerS: Float64Array.from(states.flat(), state => state.ratePerS),
    stateStayS: Float64Array.from(states.flat(), state => state.stayS),
    interval: interval.kind,
    intervalA: interval.a,
    intervalB: interval.b,
    amplitude: floats(({ diurnal }) => diurnal?.amplitude ?? 0),
    periodS: floats(({ diurnal }) => diurnal?.periodS ?? 86_400),
    peakS: floats(({ diurnal }) => diurnal?.peakS ?? 0),
    fromS: floats(workload => boundsOf(workload).fromS ?? 0),
    untilS: floats(workload => boundsOf(workload).untilS ?? Infinity),
    maxJobs: floats(workload => boundsOf(workload).maxJobs ?? Infinity),
  }
}

const processOf = (workload: WorkloadSpec): number =>
  arrivalKind[(['trace', 'renewal', 'diurnal', 'mmpp', 'closed'] as const).find(kind => workload[kind]) ?? 'poisson']

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
  const pieces = jobs.flatMap(({ course = [] }) => course)
  return {
    count: jobs.length,
    submitS: Float64Array.from(jobs, job => job.submitS),
    runS: Float64Array.from(jobs, job => job.runS),
    estimateS: Float64Array.from(jobs, job => job.estimateS ?? job.runS),
    class: Int32Array.from(jobs, job => classes.indexOf(job.request ?? job.workload.request)),
    id: Float64Array.from(jobs, job => job.id),
    ...(pieces.length === 0
      ? {}
      : {
          course: {
            start: starts(jobs.map(({ course = [] }) => course.length)),
            untilS: Float64Array.from(pieces, ([untilS]) => untilS),
            milli: Float64Array.from(pieces, ([, milli]) => milli),
          },
        }),
  }
}
