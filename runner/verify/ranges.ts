/** Whether an observed value lies where 95 % of runs do, as predicted over replications. */
import type { ResultRow } from '../../reports/results.ts'
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
 * Adds the range of a single further run (mean ± t · s · √(1 + 1/n), Hahn and Meeker, "Statistical Intervals") to the rows
 * that have a metric among the estimates of their policy. With one replication there is none.
 */
export const withRanges = (rows: VerificationRow[], estimates: readonly ResultRow[]): VerificationRow[] =>
  rows.map(row => {
    const metric = metricOf(row)
    const found = estimates.find(each => each.scope === 'fabric' && each.metric === metric)
    if (found === undefined || row.observed === null) return row
    const { estimate, high, n } = found
    if (estimate === null || high === null || n < 2) return row
    // The interval of the mean is estimate ± t · s / √n.
    const half = (high - estimate) * Math.sqrt(n + 1)
    const [low, above] = [estimate - half, estimate + half]
    return { ...row, range: { low, high: above, covered: row.observed >= low && row.observed <= above } }
  })
