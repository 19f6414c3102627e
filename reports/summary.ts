/** From the trials' summaries to everything that a reader compares: pure, and independent of the order of trials. */
import type { Results } from './results.ts'
import { comparePolicies } from './summary/comparisons.ts'
import { summarizeDistributions } from './summary/distributions.ts'
import { checkExpectations } from './summary/expectations.ts'
import { groupTrials, metricInfos, type SummaryInput } from './summary/input.ts'
import { summarizeRows } from './summary/rows.ts'
import { summarizeSeries } from './summary/series.ts'
import { findWarnings } from './summary/warnings.ts'

export type { SummaryInput, Trial } from './summary/input.ts'

/** The part of the results that trials decide. Units are the engine's; nothing in it is NaN or infinite. */
export type Summary = Pick<
  Results,
  'metrics' | 'rows' | 'comparisons' | 'expectations' | 'series' | 'distributions' | 'warnings'
>

/** Summarises all trials of one sweep point. */
export function summarize(input: SummaryInput): Summary {
  const trials = groupTrials(input)
  const rows = summarizeRows(input, trials)
  return {
    metrics: metricInfos(),
    rows,
    comparisons: comparePolicies(input, trials),
    expectations: checkExpectations(input, rows),
    series: summarizeSeries(input, trials),
    distributions: summarizeDistributions(trials),
    warnings: findWarnings(input, trials),
  }
}
