/** From the trials' summaries to everything that a reader compares: pure, and independent of the order of trials. */
import type { Results } from './results.ts'
import { comparePolicies } from './summary/comparisons.ts'
import { summarizeDistributions } from './summary/distributions.ts'
import { mostPointsDrawn } from './summary/drawn.ts'
import { checkExpectations } from './summary/expectations.ts'
import { metricInfos, type SummaryInput } from './summary/input.ts'
import { summarizeRows } from './summary/rows.ts'
import { summarizeSeries } from './summary/series.ts'
import type { Tally } from './summary/tally.ts'
import { findWarnings } from './summary/warnings.ts'

export type { SummaryInput } from './summary/input.ts'
export { joinPoints } from './summary/points.ts'
export { placeOf, placeOfMetric, rowOf } from './summary/row.ts'
export { Tally } from './summary/tally.ts'

/** The part of the results that trials decide. Units are the engine's; nothing in it is NaN or infinite. */
export type Summary = Pick<
  Results,
  'metrics' | 'rows' | 'comparisons' | 'expectations' | 'series' | 'distributions' | 'warnings'
>

/** Summarises one sweep point; `joinPoints` puts points together. Only the first points have curves. */
export function summarize(input: SummaryInput, tally: Tally): Summary {
  const rows = summarizeRows(input, tally)
  const curves = input.point < mostPointsDrawn
  return {
    metrics: metricInfos(rows),
    rows,
    comparisons: comparePolicies(input, tally),
    expectations: checkExpectations(input, rows),
    series: curves ? summarizeSeries(input, tally) : [],
    distributions: curves ? summarizeDistributions(input, tally) : [],
    warnings: findWarnings(input, tally),
  }
}
