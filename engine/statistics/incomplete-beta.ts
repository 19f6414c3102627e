import { logBeta } from './log-gamma.ts'

const tiny = 1e-300
const mostTerms = 100_000

/**
 * Regularised incomplete beta function I_x(a, b) for a, b > 0 and 0 ≤ x ≤ 1, with y = 1 − x given by the caller,
 * who may know it to more digits than the subtraction would leave. NaN outside.
 *
 * Continued fraction of Press et al., "Numerical Recipes", 6.4; it converges in O(√max(a, b)) terms below the mean,
 * and I_x(a, b) = 1 − I_y(b, a) leads there from above.
 */
export function incompleteBeta(x: number, y: number, a: number, b: number): number {
  if (!(a > 0 && b > 0 && x >= 0 && y >= 0)) return Number.NaN
  if (x === 0) return 0
  if (y === 0) return 1
  const front = Math.exp(a * logOf(x, y) + b * logOf(y, x) - logBeta(a, b))
  if (x < (a + 1) / (a + b + 2)) return (front * continuedFraction(x, a, b)) / a
  return 1 - (front * continuedFraction(y, b, a)) / b
}

/** log x where y = 1 − x: near 1 the complement has more digits. */
const logOf = (x: number, y: number): number => (x < 0.5 ? Math.log(x) : Math.log1p(-y))

/** Lentz's method: even and odd terms in turn, until a term changes nothing more. */
function continuedFraction(x: number, a: number, b: number): number {
  let c = 1
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))
  let value = d
  for (let m = 1; m <= mostTerms; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / awayFromZero(1 + even * d)
    c = awayFromZero(1 + even / c)
    value *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / awayFromZero(1 + odd * d)
    c = awayFromZero(1 + odd / c)
    value *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return value
}

const awayFromZero = (value: number): number => (Math.abs(value) < tiny ? tiny : value)
