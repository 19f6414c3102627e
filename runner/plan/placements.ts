/** Attempts of a planned run as the plan says them. */
import type { Model } from '../../engine/model.ts'
import type { PlannedAttempt } from '../../engine/planning.ts'
import type { PolicyEntry } from '../../engine/policies/policy.ts'
import type { ScenarioStage, ScenarioWorkload } from '../scenario/scenario.ts'
import type { PlanningFabric } from './fabric.ts'
import type { Placement, Shadow } from './plan.ts'
import { reasonsFor } from './reasons.ts'

const modes = ['native', 'wasm', 'emulated'] as const

/** The first attempt of each stage, and its shadows: those that were placed with it. Retries are luck, not plan. */
export function placementsOf(
  fabric: PlanningFabric,
  workload: ScenarioWorkload,
  model: Model,
  policy: PolicyEntry,
  attempts: readonly PlannedAttempt[],
): { placement: Placement[]; shadows: Shadow[] } {
  const placement: Placement[] = []
  const shadows: Shadow[] = []
  const describe = (attempt: PlannedAttempt) => placementOf(fabric, workload, model, policy, attempt)
  for (const attempt of attempts) {
    const first = attempts.find(({ stage }) => stage === attempt.stage)
    if (first === attempt) placement.push(describe(attempt))
    else if (first?.placedS === attempt.placedS)
      shadows.push({ ...describe(attempt), kind: attempt.standby ? 'standby' : 'hot' })
  }
  return { placement, shadows }
}

function placementOf(
  fabric: PlanningFabric,
  workload: ScenarioWorkload,
  model: Model,
  { summary }: PolicyEntry,
  attempt: PlannedAttempt,
): Placement {
  const { classes, clusters, groups, nodeCluster, nodeGroup, stages } = model
  const { node } = attempt.tasks[0]
  const cluster = nodeCluster[node]
  const id = stages.ids[attempt.stage]
  const stage = workload.stages.find(other => other.id === id) as ScenarioStage
  const isShadow = attempt.attempt > 0
  return {
    stage: id,
    attempt: attempt.attempt,
    cluster: clusters.names[cluster],
    zone: clusters.zones[clusters.zone[cluster]],
    node: fabric.nodeName(node),
    nodes: attempt.tasks.map(entry => ({ node: fabric.nodeName(entry.node), tasks: entry.tasks })),
    mode: modes[classes.mode[stages.class[attempt.stage] * groups.count + nodeGroup[node]]],
    placed_ms: ms(attempt.placedS) ?? 0,
    begins_ms: ms(attempt.beginS),
    ends_ms: ms(attempt.endS),
    score: Number.isNaN(attempt.score) ? null : attempt.score,
    reasons: reasonsFor(fabric, stage, summary, { node, ways: attempt.ways, score: attempt.score, isShadow }),
  }
}

const ms = (seconds: number): number | null =>
  Number.isFinite(seconds) ? Number((seconds * 1000).toPrecision(12)) : null
