/** Lanczos coefficients for g = 7, 9 terms (P. Godfrey, 2001): relative error of Γ about 1e-15. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** Natural logarithm of Γ(x) for x > 0; NaN otherwise. */
export function logGamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  if (x >= 10) return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + stirlingRest(x)
  const z = x - 1
  const t = z + 7.5
  let series = lanczos[0]
  for (let i = 1; i < lanczos.length; i++) series += lanczos[i] / (z + i)
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series)
}

/**
 * log Γ(x) minus Stirling's formula, for x ≥ 10 (Abramowitz and Stegun 6.1.41). The first term left out is below
 * 2e-14 at x = 10.
 */
function stirlingRest(x: number): number {
  const square = 1 / (x * x)
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188) * square) * square) * square) * square) / x
}

/**
 * log B(a, b) for a, b > 0. Where an argument is large, log Γ(a) − log Γ(a + b) would cancel most of its digits, so
 * the difference of the two Stirling formulas is written out instead.
 */
export function logBeta(a: number, b: number): number {
  const large = Math.max(a, b)
  const small = Math.min(a, b)
  if (large < 10) return logGamma(a) + logGamma(b) - logGamma(a + b)
  const leading = -(large - 0.5) * Math.log1p(small / large) - small * Math.log(large + small) + small
  return logGamma(small) + leading + stirlingRest(large) - stirlingRest(large + small)
}
