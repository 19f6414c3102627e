/** Summaries of trials that a test has in hand. */
import { rowOf, type Summary, type SummaryInput, summarize, Tally } from '../../reports/summary.ts'
import type { TrialCurves, TrialNumbers } from '../../reports/trial-summary.ts'

export interface Trial {
  policy: string
  replication: number
  summary: TrialNumbers & TrialCurves
}

/** In any order; a policy may lack replications, as if they had errored. */
export function summarizeTrials({ trials, ...input }: SummaryInput & { trials: readonly Trial[] }): Summary {
  const tally = new Tally(input.policies.length, input.clusters.length)
  for (const { policy, replication, summary } of trials)
    tally.add(input.policies.indexOf(policy), replication, rowOf(summary), summary)
  return summarize(input, tally)
}
