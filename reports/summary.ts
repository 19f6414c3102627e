/** From the trials' summaries to everything that a reader compares: pure, and independent of the order of trials. */
import type { Results } from './results.ts'
import { comparePolicies } from './summary/comparisons.ts'
import { summarizeDistributions } from './summary/distributions.ts'
import { checkExpectations } from './summary/expectations.ts'
import { groupTrials, metricInfos, type SummaryInput } from './summary/input.ts'
import { mostPointsWithCurves } from './summary/points.ts'
import { summarizeRows } from './summary/rows.ts'
import { summarizeSeries } from './summary/series.ts'
import { findWarnings } from './summary/warnings.ts'

export type { SummaryInput, Trial } from './summary/input.ts'
export { joinPoints } from './summary/points.ts'

/** The part of the results that trials decide. Units are the engine's; nothing in it is NaN or infinite. */
export type Summary = Pick<
  Results,
  'metrics' | 'rows' | 'comparisons' | 'expectations' | 'series' | 'distributions' | 'warnings'
>

/** Summarises all trials of one sweep point; `joinPoints` puts points together. Only the first points have curves. */
export function summarize(input: SummaryInput): Summary {
  const trials = groupTrials(input)
  const rows = summarizeRows(input, trials)
  const curves = input.point < mostPointsWithCurves
  return {
    metrics: metricInfos(rows),
    rows,
    comparisons: comparePolicies(input, trials),
    expectations: checkExpectations(input, rows),
    series: curves ? summarizeSeries(input, trials) : [],
    distributions: curves ? summarizeDistributions(input, trials) : [],
    warnings: findWarnings(input, trials),
  }
}
