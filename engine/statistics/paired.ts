import { type Interval, intervalAt, tCritical } from './intervals.ts'
import { tTwoSided } from './student-t.ts'

export interface PairedComparison extends Interval {
  /** Two-sided p-value of "the mean difference is zero"; NaN for fewer than two pairs. */
  readonly p: number
}

/**
 * Paired t comparison of a − b, where a[i] and b[i] met the same luck (common random numbers): the interval of the
 * mean difference and the p-value that belongs to it. Differences that do not vary at all are certain: p is 0, or 1
 * where they are zero. The columns must be of equal length.
 */
export function pairedComparison(a: ArrayLike<number>, b: ArrayLike<number>, confidence = 0.95): PairedComparison {
  const differences = Float64Array.from(a, (value, i) => value - b[i])
  const n = differences.length
  const critical = tCritical(n, confidence)
  const interval = intervalAt(differences, critical)
  if (n < 2) return { ...interval, p: Number.NaN }
  const standardError = (interval.high - interval.estimate) / critical
  if (standardError === 0) return { ...interval, p: interval.estimate === 0 ? 1 : 0 }
  return { ...interval, p: tTwoSided(interval.estimate / standardError, n - 1) }
}
