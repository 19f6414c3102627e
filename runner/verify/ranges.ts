/** Whether an observed value lies where 95 % of runs do, as predicted over replications. */
import { metrics } from '../../engine/metrics.ts'
import { mean, variance } from '../../engine/statistics/descriptive.ts'
import { tCritical } from '../../engine/statistics/intervals.ts'
import type { TrialSummary } from '../../reports/trial-summary.ts'
import type { VerificationRow } from './verification.ts'

/** Rows of the fabric that a metric of the registry predicts. */
const metricOf = (row: VerificationRow): string | undefined => {
  if (row.scope !== 'fabric') return undefined
  if (row.quantity === 'latency') return `latency.${row.statistic}`
  return row.statistic === 'total' && (row.quantity === 'energy' || row.quantity === 'emissions')
    ? row.quantity
    : undefined
}

/**
 * Adds the range of a single further run (mean ± t · s · √(1 + 1/n), Hahn and Meeker, "Statistical Intervals") to the rows that
 * have a metric. With one replication there is none.
 */
export const withRanges = (rows: VerificationRow[], trials: readonly TrialSummary[]): VerificationRow[] =>
  rows.map(row => {
    const metric = metrics.find(({ name }) => name === metricOf(row))
    const values = trials.map(trial => trial.fabric[metric?.name ?? '']).filter(value => Number.isFinite(value))
    if (metric === undefined || values.length < 2 || row.observed === null) return row
    const half = tCritical(values.length, 0.95) * Math.sqrt(variance(values) * (1 + 1 / values.length))
    const [low, high] = [mean(values) - half, mean(values) + half]
    return { ...row, range: { low, high, covered: row.observed >= low && row.observed <= high } }
  })
