import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { distributions } from '../../engine/distributions.ts'
import { Random, streams } from '../../engine/random.ts'
import { cvar } from '../../engine/statistics/cvar.ts'
import { boundedQuantile, mean } from '../../engine/statistics/descriptive.ts'
import { holm } from '../../engine/statistics/holm.ts'
import { meanInterval } from '../../engine/statistics/intervals.ts'
import { pairedComparison } from '../../engine/statistics/paired.ts'

// W. S. Gosset ("Student"), Biometrika 6 (1908), p. 20: additional hours of sleep by two drugs, ten patients.
const sleepA = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
const sleepB = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]

describe('meanInterval', () => {
  it('gives the 95 % interval of the NIST heat-flow data (e-Handbook 1.3.5.2: 195 values, mean 9.26146)', () => {
    // Same n, mean and standard deviation (0.02278881); the interval printed there is 9.258242 … 9.264679.
    const half = 97
    const spread = 0.02278881 * Math.sqrt(194 / (2 * half))
    const values = [9.26146, ...Array.from({ length: half }, () => [9.26146 + spread, 9.26146 - spread]).flat()]
    const { low, high, n } = meanInterval(values)
    expect(n).toBe(195)
    expect(low).toBeCloseTo(9.258242, 5)
    expect(high).toBeCloseTo(9.264679, 5)
  })

  it('bounds nothing by one value and says NaN of none', () => {
    expect(meanInterval([3])).toEqual({ estimate: 3, low: -Infinity, high: Infinity, n: 1 })
    expect(meanInterval([]).estimate).toBeNaN()
    expect(meanInterval([2, 2, 2])).toEqual({ estimate: 2, low: 2, high: 2, n: 3 })
  })

  it('holds the truth in 93 to 97 % of 2,000 independent intervals', () => {
    const random = new Random(7, 0)
    const draw = (i: number, kind: string, a: number, b: number) => {
      random.select(streams.work, 0, 1, i)
      return Array.from({ length: 30 }, () => distributions.find(entry => entry.name === kind)?.draw(random, a, b) ?? 0)
    }
    for (const [kind, a, b, truth] of [
      ['uniform', 0, 2, 1],
      ['lognormal', 5, 0.3, 5],
    ] as const) {
      let held = 0
      for (let i = 0; i < 2000; i++) {
        const { low, high } = meanInterval(draw(i, kind, a, b))
        if (low <= truth && truth <= high) held++
      }
      expect(held / 2000, kind).toBeGreaterThan(0.93)
      expect(held / 2000, kind).toBeLessThan(0.97)
    }
  })

  it('moves and scales with its values, and narrows as confidence falls', () => {
    const values = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 2, maxLength: 20 })
    fc.assert(
      fc.property(values, xs => {
        const { estimate, low, high } = meanInterval(xs)
        const scaled = meanInterval(xs.map(x => 3 * x + 7))
        expect(scaled.estimate).toBeCloseTo(3 * estimate + 7, 8)
        expect(scaled.low).toBeCloseTo(3 * low + 7, 6)
        const narrower = meanInterval(xs, 0.5)
        expect(narrower.high - narrower.low).toBeLessThanOrEqual(high - low)
      }),
      { numRuns: 200, seed: 1 },
    )
  })
})

describe('pairedComparison', () => {
  it("gives Student's sleep data: difference −1.58, t −4.0621, interval −2.4599 … −0.7001, p 0.002833 (R, t.test)", () => {
    const { estimate, low, high, p, n } = pairedComparison(sleepA, sleepB)
    expect(n).toBe(10)
    expect(estimate).toBeCloseTo(-1.58, 10)
    expect(low).toBeCloseTo(-2.4598858, 6)
    expect(high).toBeCloseTo(-0.7001142, 6)
    expect(p).toBeCloseTo(0.002833, 6)
  })

  it('is certain of differences that do not vary', () => {
    expect(pairedComparison([1, 2], [1, 2]).p).toBe(1)
    expect(pairedComparison([2, 3], [1, 2]).p).toBe(0)
    expect(pairedComparison([2], [1]).p).toBeNaN()
  })

  it('changes its sign with the order, and holds zero exactly when p > 0.05', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
      minLength: 3,
      maxLength: 15,
    })
    fc.assert(
      fc.property(pairs, rows => {
        const a = rows.map(row => row[0])
        const b = rows.map(row => row[1])
        const forth = pairedComparison(a, b)
        const back = pairedComparison(b, a)
        expect(back.estimate).toBeCloseTo(-forth.estimate, 10)
        expect(back.p).toBeCloseTo(forth.p, 10)
        expect(forth.low <= 0 && forth.high >= 0).toBe(forth.p >= 0.05)
      }),
      { numRuns: 300, seed: 1 },
    )
  })
})

describe('holm', () => {
  it('gives the adjusted p-values of R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")', () => {
    const expected = [0.03, 0.06, 0.06, 0.02]
    expect(holm([0.01, 0.04, 0.03, 0.005]).map(p => Number(p.toFixed(12)))).toEqual(expected)
    expect(holm([])).toEqual([])
  })

  it('never lowers a p-value, keeps their order and stays at most at Bonferroni', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), ps => {
        const adjusted = holm(ps)
        ps.forEach((p, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(p)
          expect(adjusted[i]).toBeLessThanOrEqual(Math.min(1, p * ps.length))
          ps.forEach((q, j) => {
            if (p < q) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j])
          })
        })
      }),
      { numRuns: 200, seed: 1 },
    )
  })
})

describe('cvar', () => {
  it('is the mean of the worst tail, with the part of the value on its edge', () => {
    expect(cvar([1, 2, 3, 4], 0.5)).toBe(3.5)
    expect(cvar([1, 2, 3, 4, 5], 0.5)).toBeCloseTo((5 + 4 + 0.5 * 3) / 2.5, 12)
    expect(cvar([1, 2, 3, 4], 0)).toBe(2.5)
    expect(cvar([1, 2, 3, 4], 1)).toBe(4)
    expect(cvar([1, 2], 0.95, 1)).toBe(Number.POSITIVE_INFINITY)
    expect(cvar([], 0.95)).toBeNaN()
  })

  it('lies between the quantile and the maximum, and does not fall as α rises', () => {
    const sorted = fc
      .array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 })
      .map(xs => xs.sort((a, b) => a - b))
    fc.assert(
      fc.property(sorted, fc.double({ min: 0, max: 1, noNaN: true }), (xs, alpha) => {
        const value = cvar(xs, alpha)
        const slack = 1e-9 * (1 + xs[xs.length - 1])
        expect(value).toBeGreaterThanOrEqual(boundedQuantile(xs, Math.max(0, alpha - 1 / xs.length)) - slack)
        expect(value).toBeLessThanOrEqual(xs[xs.length - 1] + slack)
        expect(value).toBeGreaterThanOrEqual(mean(xs) - slack)
        expect(cvar(xs, (1 + alpha) / 2)).toBeGreaterThanOrEqual(value - slack)
      }),
      { numRuns: 300, seed: 1 },
    )
  })
})
