/** Student's t distribution with `df` > 0 degrees of freedom (Abramowitz and Stegun 26.7); NaN for anything else. */
import { incompleteBeta } from './incomplete-beta.ts'
import { logBeta } from './log-gamma.ts'

/** P(T > t), to full relative precision in the upper tail. */
export function tUpperTail(t: number, df: number): number {
  if (!(df > 0) || Number.isNaN(t)) return Number.NaN
  if (t === Number.POSITIVE_INFINITY) return 0
  if (t < 0) return 1 - tUpperTail(-t, df)
  const ratio = (t / df) * t
  return (
    0.5 * incompleteBeta(1 / (1 + ratio), ratio === Number.POSITIVE_INFINITY ? 1 : ratio / (1 + ratio), df / 2, 0.5)
  )
}

/** P(T ≤ t). */
export const tCdf = (t: number, df: number): number => (t <= 0 ? tUpperTail(-t, df) : 1 - tUpperTail(t, df))

/** P(|T| ≥ |t|): the p-value of a two-sided test. */
export const tTwoSided = (t: number, df: number): number => 2 * tUpperTail(Math.abs(t), df)

/** The t with P(T ≤ t) = p, for 0 < p < 1; ∓Infinity at 0 and 1. */
export function tQuantile(p: number, df: number): number {
  if (!(df > 0 && p >= 0 && p <= 1)) return Number.NaN
  if (p === 0.5) return 0
  return p < 0.5 ? -upperQuantile(p, df) : upperQuantile(1 - p, df)
}

/**
 * The t > 0 with P(T > t) = q < 1/2: Newton's method on the logarithm of the tail, which is nearly straight, and a
 * bisection wherever a step would leave the bracket.
 */
function upperQuantile(q: number, df: number): number {
  if (q === 0) return Number.POSITIVE_INFINITY
  let high = 1
  while (tUpperTail(high, df) > q) high *= 2
  let low = high === 1 ? 0 : high / 2
  let t = (low + high) / 2
  for (let i = 0; i < 200; i++) {
    const tail = tUpperTail(t, df)
    if (tail > q) low = t
    else high = t
    const step = (Math.log(tail / q) * tail) / density(t, df)
    const next = t + step > low && t + step < high ? t + step : (low + high) / 2
    if (Math.abs(next - t) <= 1e-15 * t) return next
    t = next
  }
  return t
}

/** Probability density at t. */
function density(t: number, df: number): number {
  const ratio = (t / df) * t
  return Math.exp(-((df + 1) / 2) * Math.log1p(ratio) - 0.5 * Math.log(df) - logBeta(df / 2, 0.5))
}
