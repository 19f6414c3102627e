/** From a ModelSpec to the engine's columns; written for the tests, independent of runner/compile. */
import type { Model } from '../../engine/model.ts'
import { ClassList } from './build-classes.ts'
import { EffectList } from './build-effects.ts'
import { buildBandwidth, buildCarbon, buildClusters, buildGroups, buildLatency, starts, sum } from './build-fabric.ts'
import { buildFailures, buildRandomFailures } from './build-failures.ts'
import { buildStages } from './build-stages.ts'
import { buildTenants } from './build-tenants.ts'
import { buildTriggers } from './build-triggers.ts'
import { buildTraces, buildWorkloads } from './build-workloads.ts'
import type { ModelSpec } from './model-spec.ts'

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

export function buildModel(spec: ModelSpec): Model {
  const clusters = [...spec.clusters].sort(byName)
  const workloads = [...spec.workloads].sort(byName)
  const groups = clusters.flatMap((cluster, index) => cluster.groups.map(group => ({ ...group, cluster: index })))
  const traces = workloads.map(workload => [...(workload.trace ?? [])].sort((a, b) => a.submitS - b.submitS))
  const classes = new ClassList()
  const nodeStart = starts(clusters.map(cluster => sum(cluster.groups.map(group => group.nodes))))
  const effects = new EffectList(clusters, nodeStart)
  const failures = buildFailures(spec.failures ?? [], effects)
  const randomFailures = buildRandomFailures(spec.randomFailures ?? [], effects)
  const triggers = buildTriggers(spec.triggers ?? [], clusters, effects)
  return {
    seed: spec.seed ?? 1,
    horizonS: spec.horizonS ?? Infinity,
    warmupS: spec.warmupS ?? 0,
    clusters: buildClusters(clusters, nodeStart),
    groups: buildGroups(groups),
    nodeGroup: Int32Array.from(groups.flatMap((group, index) => Array<number>(group.nodes).fill(index))),
    nodeCluster: Int32Array.from(groups.flatMap(group => Array<number>(group.nodes).fill(group.cluster))),
    latencyS: buildLatency(spec, clusters),
    bandwidth: buildBandwidth(spec, clusters),
    stages: buildStages(workloads, classes),
    workloads: { ...buildWorkloads(workloads, clusters), traceStart: starts(traces.map(trace => trace.length)) },
    ...(spec.tenants === undefined && workloads.every(({ tenant }) => tenant === undefined)
      ? {}
      : { tenants: buildTenants(spec.tenants ?? [], workloads) }),
    traces: buildTraces(traces, classes, workloads),
    // After all that names a class.
    classes: classes.columns(groups),
    effects: effects.columns(),
    failures,
    randomFailures,
    triggers,
    carbon: buildCarbon(clusters),
  }
}
