import { describe, expect, it } from 'vitest'
import { shareInterval } from '../../engine/statistics/binomial.ts'

/** P(X ≤ k) of a binomial distribution, term by term. */
function cdf(k: number, n: number, p: number): number {
  let term = (1 - p) ** n
  let total = 0
  for (let i = 0; i <= k; i++) {
    total += term
    term *= ((n - i) / (i + 1)) * (p / (1 - p))
  }
  return total
}

describe('shareInterval', () => {
  it('gives the published 95 % bounds (R, binom.test)', () => {
    const { low, high } = shareInterval(5, 10, 0.95)
    expect([low, high].map(bound => Number(bound.toFixed(7)))).toEqual([0.187086, 0.812914])
  })

  it('is in closed form where nothing or everything happened', () => {
    expect(shareInterval(0, 20, 0.95)).toEqual({ low: 0, high: expect.closeTo(1 - 0.025 ** (1 / 20), 12) })
    expect(shareInterval(20, 20, 0.95)).toEqual({ low: expect.closeTo(0.025 ** (1 / 20), 12), high: 1 })
  })

  it('has exactly half the error in each tail', () => {
    for (const [held, n, confidence] of [
      [137, 150, 1 - 3e-6],
      [3, 40, 0.9],
      [150, 160, 0.99],
    ]) {
      const { low, high } = shareInterval(held, n, confidence)
      expect((1 - cdf(held - 1, n, low)) / ((1 - confidence) / 2)).toBeCloseTo(1, 4)
      expect(cdf(held, n, high) / ((1 - confidence) / 2)).toBeCloseTo(1, 4)
    }
  })

  it('holds the truth at least as often as it says', () => {
    const [n, p, confidence] = [30, 0.93, 0.95]
    let missed = 0
    for (let held = 0; held <= n; held++) {
      const { low, high } = shareInterval(held, n, confidence)
      if (low > p || high < p) missed += cdf(held, n, p) - (held === 0 ? 0 : cdf(held - 1, n, p))
    }
    expect(missed).toBeLessThanOrEqual(1 - confidence)
  })

  it('says NaN of what cannot be', () => {
    for (const [held, n] of [
      [0, 0],
      [3, 2],
      [-1, 2],
      [Number.NaN, 2],
    ])
      expect(shareInterval(held, n, 0.95)).toEqual({ low: Number.NaN, high: Number.NaN })
  })
})
