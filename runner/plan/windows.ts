/** What a plan holds of which node, and when: read from the plan itself, so that it is the same after a restart. */
import type { PlanningFabric } from './fabric.ts'
import type { Window } from './holds.ts'
import type { Placement, Plan } from './plan.ts'
import { workloadOf } from './workload.ts'

/** None where the plan holds nothing. Times with luck in them are stretched to the time until which it is held. */
export function windowsOf(plan: Plan, fabric: PlanningFabric): Window[] {
  if (plan.held_until === null) return []
  const createdMs = Date.parse(plan.created_at)
  const spanMs = Date.parse(plan.held_until) - createdMs
  const attempts = [...plan.placement, ...plan.shadows]
  const lastMs = Math.max(...attempts.map(({ ends_ms }) => ends_ms ?? 0))
  const stretch = lastMs > 0 ? Math.max(1, spanMs / lastMs) : 1
  const { stages } = workloadOf(plan.job, '')
  return attempts.flatMap(attempt => {
    const stage = stages.find(({ id }) => id === attempt.stage)
    const fromMs = createdMs + attempt.placed_ms * stretch
    const untilMs = attempt.ends_ms === null ? createdMs + spanMs : createdMs + attempt.ends_ms * stretch
    if (stage === undefined) return []
    return nodesOf(attempt, fabric).map(({ node, tasks }) => ({
      fromMs,
      untilMs,
      node,
      cpuMilli: tasks * stage.cpuMilli,
      memoryBytes: tasks * stage.memoryBytes,
      gpuMilli: tasks * Math.round(stage.gpu * 1000),
    }))
  })
}

/** Nodes that the fabric still has: after a restart it may be another one. */
function nodesOf(attempt: Placement, fabric: PlanningFabric): { node: number; tasks: number }[] {
  const cluster = fabric.clusterNames.indexOf(attempt.cluster)
  if (cluster < 0) return []
  return attempt.nodes.flatMap(({ node: name, tasks }) => {
    const node = fabric.nodeIn(cluster, name)
    return node < 0 ? [] : [{ node, tasks }]
  })
}
