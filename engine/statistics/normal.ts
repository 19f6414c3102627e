/**
 * Φ(x), the standard normal distribution, by its series (Marsaglia, "Evaluating the normal distribution", Journal of
 * Statistical Software 11, 2004); absolute error below 1e-15.
 */
export function normalCdf(x: number): number {
  if (x < -8) return 0
  if (x > 8) return 1
  let term = x
  let total = x
  for (let i = 3; total + term !== total; i += 2) {
    term *= (x * x) / i
    total += term
  }
  return 0.5 + total * Math.exp(-0.5 * x * x - 0.9189385332046728)
}

/** Φ⁻¹(p) by bisection, to the last bits of a number between −8 and 8; ∓Infinity for 0 and 1. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? Number.NEGATIVE_INFINITY : p === 1 ? Number.POSITIVE_INFINITY : Number.NaN
  let low = -8
  let high = 8
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (normalCdf(middle) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}
