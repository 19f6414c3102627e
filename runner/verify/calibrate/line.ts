/** Weighted least squares of a line, with intervals. */
import { tCritical } from '../../../engine/statistics/intervals.ts'

export interface Estimate {
  value: number
  low: number
  high: number
  n: number
}

export interface Line {
  offset: Estimate
  slope: Estimate
  /** Standard deviation of what is left, in units of 1 / √weight. */
  sigma: number
}

/**
 * y = offset + slope · x, each point with its weight (1 / its variance, up to a factor). Without an offset where `through` is true.
 * 95 % intervals by Student's t. Of too few or equal points the offset is 0 and nothing is known of it.
 */
export function fitLine(x: readonly number[], y: readonly number[], weight: readonly number[], through = false): Line {
  const n = x.length
  const sum = (of: (i: number) => number) => x.reduce((total, _, i) => total + weight[i] * of(i), 0)
  const [w, wx, wy] = [sum(() => 1), sum(i => x[i]), sum(i => y[i])]
  const [wxx, wxy] = [sum(i => x[i] * x[i]), sum(i => x[i] * y[i])]
  const determinant = w * wxx - wx * wx
  const alone = through || n < 3 || determinant < 1e-9 * w * wxx
  const slope = alone ? wxy / wxx : (w * wxy - wx * wy) / determinant
  const offset = alone ? 0 : (wy - slope * wx) / w
  const free = n - (alone ? 1 : 2)
  const sigma = Math.sqrt(sum(i => (y[i] - offset - slope * x[i]) * (y[i] - offset - slope * x[i])) / free)
  // `tCritical` counts values, of which one is spent on the mean.
  const critical = tCritical(free + 1, 0.95)
  const around = (value: number, variance: number): Estimate => {
    const half = critical * sigma * Math.sqrt(variance)
    return { value, low: value - half, high: value + half, n }
  }
  return {
    offset: alone ? { value: 0, low: 0, high: 0, n } : around(offset, wxx / determinant),
    slope: around(slope, alone ? 1 / wxx : w / determinant),
    sigma,
  }
}
