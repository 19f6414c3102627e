import { type Interval, tCritical } from './intervals.ts'
import { intervalOf, type Moments, momentsOf } from './moments.ts'
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
export const pairedComparison = (a: ArrayLike<number>, b: ArrayLike<number>, confidence = 0.95): PairedComparison =>
  comparisonOf(momentsOf(Float64Array.from(a, (value, i) => value - b[i])), confidence)

/** The same from the moments of the differences. */
export function comparisonOf(differences: Moments, confidence = 0.95): PairedComparison {
  const { n } = differences
  const interval = intervalOf(differences, confidence)
  if (n < 2) return { ...interval, p: Number.NaN }
  const standardError = (interval.high - interval.estimate) / tCritical(n, confidence)
  if (standardError === 0) return { ...interval, p: interval.estimate === 0 ? 1 : 0 }
  return { ...interval, p: tTwoSided(interval.estimate / standardError, n - 1) }
}
