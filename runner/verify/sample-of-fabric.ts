/** A share of the jobs on a share of the nodes, so that the load stays about what it is. */
import { tasksPerNode } from '../scenario/rules/impossible-demand.ts'
import type { Scenario, ScenarioCluster, ScenarioEffect, ScenarioStage } from '../scenario/scenario.ts'
import { thinned } from './part-of-workload.ts'

/** So many jobs less, on so many nodes less: at least one of each cluster, and room for every gang. */
export function sample(scenario: Scenario, share: number): Scenario {
  const fewer = scenario.clusters.map(cluster => ({
    ...cluster,
    nodes: Math.min(cluster.nodes, Math.max(1, Math.round(cluster.nodes * share))),
  }))
  const stages = scenario.workloads.flatMap(workload => workload.stages)
  const clusters = stages.reduce((enough, stage) => withRoomFor(stage, enough, scenario.clusters), fewer)
  const renamed = (effect: ScenarioEffect) => onNodesThere(effect, scenario.clusters, clusters)
  return {
    ...scenario,
    clusters,
    workloads: scenario.workloads.map(workload => ({ ...workload, arrivals: thinned(workload.arrivals, share) })),
    failures: scenario.failures.map(failure => ({ ...failure, effect: renamed(failure.effect) })),
    triggers: scenario.triggers.map(trigger => ({
      ...trigger,
      effect: trigger.effect === null ? null : renamed(trigger.effect),
    })),
  }
}

/** Where no cluster holds all tasks of the stage any more, the one that held the most has more nodes. */
function withRoomFor(
  stage: ScenarioStage,
  clusters: ScenarioCluster[],
  declared: readonly ScenarioCluster[],
): ScenarioCluster[] {
  const room = (cluster: ScenarioCluster) => tasksPerNode(cluster, stage) * cluster.nodes
  if (clusters.some(cluster => room(cluster) >= stage.tasks)) return clusters
  const most = declared.reduce((best, cluster, c) => (room(cluster) > room(declared[best]) ? c : best), 0)
  const needed = Math.ceil(stage.tasks / tasksPerNode(declared[most], stage))
  return clusters.map((cluster, c) =>
    c === most ? { ...cluster, nodes: Math.min(declared[c].nodes, needed) } : cluster,
  )
}

/** A failure of a node that is left out hits one that is there. */
function onNodesThere(
  effect: ScenarioEffect,
  declared: readonly ScenarioCluster[],
  clusters: readonly ScenarioCluster[],
): ScenarioEffect {
  if ((effect.kind !== 'blackout' && effect.kind !== 'slow') || effect.target.kind !== 'node') return effect
  const { name } = effect.target
  const c = declared.findIndex(({ nodePrefix, nodes }) => ordinalOf(name, nodePrefix) <= nodes)
  if (c < 0) return effect
  const { nodePrefix, nodes } = clusters[c]
  const ordinal = ((ordinalOf(name, nodePrefix) - 1) % nodes) + 1
  return { ...effect, target: { kind: 'node', name: `${nodePrefix}-${String(ordinal).padStart(2, '0')}` } }
}

/** From 1; Infinity for a node of another cluster. */
function ordinalOf(node: string, prefix: string): number {
  const text = node.startsWith(`${prefix}-`) ? node.slice(prefix.length + 1) : ''
  return /^\d+$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY
}
