import { mean, variance } from './descriptive.ts'
import { tQuantile } from './student-t.ts'

/** An estimate with its confidence interval, in the unit of the values. */
export interface Interval {
  readonly estimate: number
  readonly low: number
  readonly high: number
  /** Independent values that it rests on. */
  readonly n: number
}

/** Half the width of the interval in standard errors; Infinity for fewer than two values, which bound nothing. */
export function tCritical(n: number, confidence: number): number {
  if (n < 2) return Number.POSITIVE_INFINITY
  const key = `${n} ${confidence}`
  const known = criticals.get(key) ?? tQuantile(0.5 + confidence / 2, n - 1)
  criticals.set(key, known)
  return known
}

/** Thousands of intervals of a sweep rest on equally many values: each is searched for once. */
const criticals = new Map<string, number>()

/**
 * Student's t interval of the mean of independent values, e.g. one a replication (Law, "Simulation Modeling and
 * Analysis", 4.5). One value: the bounds are ∓Infinity. None: all is NaN.
 */
export const meanInterval = (values: ArrayLike<number>, confidence = 0.95): Interval =>
  intervalAt(values, tCritical(values.length, confidence))

/** The same with the critical value in hand, for many means over equally many values. */
export function intervalAt(values: ArrayLike<number>, critical: number): Interval {
  const n = values.length
  const estimate = mean(values)
  if (n < 2) return { estimate, low: estimate - critical, high: estimate + critical, n }
  const halfWidth = critical * Math.sqrt(variance(values) / n)
  return { estimate, low: estimate - halfWidth, high: estimate + halfWidth, n }
}
