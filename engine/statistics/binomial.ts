/** How often something happens: the exact interval of a share that was counted. */
import { incompleteBeta } from './incomplete-beta.ts'

/**
 * Interval of Clopper and Pearson (Biometrika 26, 1934) of the probability of something that happened `held` times in `n`
 * independent trials: it misses the truth with at most the chance 1 − confidence. NaN of no trial.
 */
export function shareInterval(held: number, n: number, confidence: number): { low: number; high: number } {
  if (!(n > 0 && held >= 0 && held <= n)) return { low: Number.NaN, high: Number.NaN }
  const tail = (1 - confidence) / 2
  return {
    low: held === 0 ? 0 : betaQuantile(tail, held, n - held + 1),
    high: held === n ? 1 : 1 - betaQuantile(tail, n - held, held + 1),
  }
}

/** The x with I_x(a, b) = p, by bisection to the last bit that matters. */
function betaQuantile(p: number, a: number, b: number): number {
  let low = 0
  let high = 1
  for (let i = 0; i < 60; i++) {
    const x = (low + high) / 2
    if (incompleteBeta(x, 1 - x, a, b) < p) low = x
    else high = x
  }
  return (low + high) / 2
}
