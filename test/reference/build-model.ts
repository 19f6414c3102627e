/** From a ModelSpec to the engine's columns; written for the tests, independent of runner/compile. */
import { distributions } from '../../engine/distributions.ts'
import type { Model } from '../../engine/model.ts'
import { buildClusters, buildFailures, buildGroups, buildLatency, starts, sum } from './build-fabric.ts'
import { buildTraces, buildWorkloads, ClassList } from './build-workloads.ts'
import type { ModelSpec, WorkloadSpec } from './model-spec.ts'

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

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
