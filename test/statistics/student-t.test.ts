import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { incompleteBeta } from '../../engine/statistics/incomplete-beta.ts'
import { logBeta, logGamma } from '../../engine/statistics/log-gamma.ts'
import { tCdf, tQuantile, tTwoSided, tUpperTail } from '../../engine/statistics/student-t.ts'

/** P(|T| ≤ t) for whole degrees of freedom as a finite sum: Abramowitz and Stegun 26.7.3 and 26.7.4. */
function betweenByFiniteSum(t: number, df: number): number {
  const theta = Math.atan(t / Math.sqrt(df))
  const cosine = Math.cos(theta)
  const odd = df % 2 === 1
  let term = odd ? cosine : 1
  let sum = df === 1 ? 0 : term
  for (let k = odd ? 3 : 2; k <= df - 2; k += 2) {
    term *= (cosine * cosine * (k - 1)) / k
    sum += term
  }
  return odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum
}

describe('Student t', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, upper critical values; the last column is Federighi's,
  // Journal of the American Statistical Association 54 (1959), as NIST's is off in the third decimal there.
  const published: [df: number, ...values: number[]][] = [
    [1, 3.078, 6.314, 12.706, 31.821, 63.657, 318.309],
    [2, 1.886, 2.92, 4.303, 6.965, 9.925, 22.327],
    [5, 1.476, 2.015, 2.571, 3.365, 4.032, 5.893],
    [10, 1.372, 1.812, 2.228, 2.764, 3.169, 4.144],
    [29, 1.311, 1.699, 2.045, 2.462, 2.756, 3.396],
    [30, 1.31, 1.697, 2.042, 2.457, 2.75, 3.385],
  ]

  it.each(published)('has the published critical values for %i degrees of freedom', (df, ...values) => {
    expect([0.9, 0.95, 0.975, 0.99, 0.995, 0.999].map(p => Number(tQuantile(p, df).toFixed(3)))).toEqual(values)
  })

  it('agrees with the finite sums of Abramowitz and Stegun to 1e-12', () => {
    for (const df of [1, 2, 3, 4, 5, 9, 10, 29, 30, 99, 100, 1000, 10_001]) {
      for (const t of [0, 1e-3, 0.1, 0.5, 1, 2, 3, 5, 10, 40]) {
        expect(Math.abs(2 * tCdf(t, df) - 1 - betweenByFiniteSum(t, df)), `t ${t}, df ${df}`).toBeLessThan(1e-12)
      }
    }
  })

  it('agrees with the closed quantiles for 1, 2 and 4 degrees of freedom to 1e-12, relative', () => {
    for (const p of [0.5001, 0.6, 0.75, 0.9, 0.95, 0.975, 0.995, 0.9999]) {
      const spread = 4 * p * (1 - p)
      const four = Math.cos(Math.acos(Math.sqrt(spread)) / 3) / Math.sqrt(spread)
      const closed = [
        [1, Math.tan(Math.PI * (p - 0.5))],
        [2, (2 * (p - 0.5)) / Math.sqrt(spread / 2)],
        [4, 2 * Math.sqrt(four - 1)],
      ]
      for (const [df, t] of closed) {
        expect(Math.abs(tQuantile(p, df) / t - 1), `p ${p}, df ${df}`).toBeLessThan(p < 0.51 ? 1e-8 : 1e-11)
      }
    }
  })

  it('becomes normal: 1.959963984540054 at 0.975, with the first term of Cornish and Fisher', () => {
    const z = 1.959963984540054
    for (const df of [1e4, 1e6, 1e8]) {
      expect(tQuantile(0.975, df)).toBeCloseTo(z + (z * z * z + z) / (4 * df), 7)
    }
  })

  it('keeps relative precision far out in the tail', () => {
    expect(tUpperTail(1e10, 2) / 5e-21).toBeCloseTo(1, 9)
    expect(tTwoSided(-1e6, 1) / (2 / (Math.PI * 1e6))).toBeCloseTo(1, 9)
  })

  it('inverts itself and is symmetric', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true }),
        fc.double({ min: 0.3, max: 5000, noNaN: true }),
        (p, df) => {
          const t = tQuantile(p, df)
          expect(Math.abs(tCdf(t, df) - p)).toBeLessThan(1e-11)
          expect(tCdf(-t, df) + tCdf(t, df)).toBeCloseTo(1, 12)
        },
      ),
      { numRuns: 300, seed: 1 },
    )
  })

  it('says NaN outside its domain and infinity at the ends', () => {
    expect(tQuantile(1, 3)).toBe(Number.POSITIVE_INFINITY)
    expect(tQuantile(0, 3)).toBe(Number.NEGATIVE_INFINITY)
    expect(tQuantile(1.1, 3)).toBeNaN()
    expect(tCdf(1, 0)).toBeNaN()
    expect(tCdf(Number.NaN, 3)).toBeNaN()
    expect(tCdf(Number.POSITIVE_INFINITY, 3)).toBe(1)
  })
})

describe('gamma and beta', () => {
  it('is the logarithm of the factorial', () => {
    let factorial = 1
    for (let n = 1; n <= 25; n++) {
      expect(Math.abs(logGamma(n) - Math.log(factorial)), `n ${n}`).toBeLessThan(1e-13 * Math.max(1, n))
      factorial *= n
    }
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 14)
    expect(logGamma(-1)).toBeNaN()
  })

  it('gives B(a, 1) = 1 / a and B(a, 2) = 1 / (a (a + 1)) without losing digits for large a', () => {
    for (const a of [0.1, 1, 9.99, 10, 1e3, 1e6, 1e9]) {
      expect(logBeta(a, 1) + Math.log(a), `a ${a}`).toBeCloseTo(0, 12)
      expect(logBeta(2, a) + Math.log(a) + Math.log(a + 1), `a ${a}`).toBeCloseTo(0, 12)
    }
  })

  it('gives binomial tails: I_x(k, n − k + 1) = P(at least k of n)', () => {
    const tail = (x: number) => 10 * x * x * x * (1 - x) * (1 - x) + 5 * x * x * x * x * (1 - x) + x * x * x * x * x
    for (const x of [0, 0.1, 0.3, 0.5, 0.9, 1]) expect(incompleteBeta(x, 1 - x, 3, 3)).toBeCloseTo(tail(x), 13)
    expect(incompleteBeta(-0.1, 1.1, 1, 1)).toBeNaN()
  })
})
