import { type Interval, tCritical } from './intervals.ts'

/** What a mean and its interval rest on: how many values, their mean, and the sum of squared distances from it. */
export interface Moments {
  readonly n: number
  /** NaN of nothing; not finite as soon as one value is not. */
  readonly mean: number
  readonly squares: number
}

/** Of the values that are not NaN, in two passes. */
export function momentsOf(values: ArrayLike<number>): Moments {
  let n = 0
  let total = 0
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue
    n++
    total += values[i]
  }
  const mean = total / n
  let squares = 0
  for (let i = 0; i < values.length; i++)
    if (!Number.isNaN(values[i])) squares += (values[i] - mean) * (values[i] - mean)
  return { n, mean, squares }
}

/**
 * Moments of two sets together (Chan, Golub, LeVeque, "Algorithms for computing the sample variance", The American
 * Statistician 37, 1983): so that a hundred thousand values need not be kept.
 */
export function joinMoments(a: Moments, b: Moments): Moments {
  if (a.n === 0) return b
  if (b.n === 0) return a
  const n = a.n + b.n
  const apart = b.mean - a.mean
  return {
    n,
    mean: a.mean + (apart * b.n) / n,
    squares: a.squares + b.squares + (apart * apart * a.n * b.n) / n,
  }
}

/** Student's t interval of the mean, as `meanInterval` gives it of the values themselves. */
export function intervalOf({ n, mean, squares }: Moments, confidence = 0.95): Interval {
  const critical = tCritical(n, confidence)
  const halfWidth = n < 2 ? critical : critical * Math.sqrt(squares / (n - 1) / n)
  return { estimate: mean, low: mean - halfWidth, high: mean + halfWidth, n }
}
