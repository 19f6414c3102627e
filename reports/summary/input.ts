import { metrics } from '../../engine/metrics.ts'
import type { Expectation } from '../../runner/scenario/scenario.ts'
import type { MetricInfo, ResultRow } from '../results.ts'
import type { TrialSummary } from '../trial-summary.ts'

/** One run by its key: which policy, which luck. */
export interface Trial {
  policy: string
  /** From 0. */
  replication: number
  summary: TrialSummary
}

export interface SummaryInput {
  /** Index of the sweep point; 0 without a sweep. */
  point: number
  /** Labels, in the order in which they are shown. */
  policies: readonly string[]
  /** Names, in the order of the model. */
  clusters: readonly string[]
  /** In any order; a policy may lack replications that errored. */
  trials: readonly Trial[]
  expectations: readonly Expectation[]
  /** Whether anything in the scenario is drawn: without, one run says all and there are no intervals. */
  random: boolean
}

/** Trials of each policy in order of replication: what everything below is computed from. */
export type TrialsByPolicy = ReadonlyMap<string, readonly Trial[]>

export function groupTrials(input: SummaryInput): TrialsByPolicy {
  const sorted = [...input.trials].sort((a, b) => a.replication - b.replication)
  return new Map(input.policies.map(policy => [policy, sorted.filter(trial => trial.policy === policy)]))
}

/** The registry as data; a headline that nothing was measured of is none. */
export function metricInfos(rows: readonly ResultRow[]): MetricInfo[] {
  const measured = new Set(rows.filter(row => row.method !== 'empty').map(row => row.metric))
  return metrics.map(metric => ({
    name: metric.name,
    title: metric.title,
    description: metric.description,
    unit: metric.unit,
    direction: metric.direction,
    share: metric.share ?? false,
    perCluster: metric.perCluster ?? false,
    headline: (metric.headline ?? false) && measured.has(metric.name),
  }))
}
