import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binsOver, coarserWidth, coveredS, rebinCounts, rebinMeans } from '../../reports/rebin.ts'

const runs = fc.record({
  endS: fc.double({ min: 0.5, max: 500, noNaN: true }),
  doublings: fc.integer({ min: 0, max: 6 }),
  values: fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 7 }),
})

describe('rebin', () => {
  it('keeps the integral of means and the sum of counts', () => {
    fc.assert(
      fc.property(runs, ({ endS, doublings, values }) => {
        const from = binsOver(endS, 1)
        const to = binsOver(endS, 2 ** doublings)
        const column = Float64Array.from({ length: from.count }, (_, i) => values[i % values.length])
        const integral = (bins: typeof from, means: Float64Array) =>
          means.reduce((sum, value, i) => sum + value * coveredS(bins, i), 0)
        expect(integral(to, rebinMeans(column, from, to))).toBeCloseTo(integral(from, column), 6)
        const total = (counts: Float64Array) => counts.reduce((sum, value) => sum + value, 0)
        expect(total(rebinCounts(column, from, to))).toBeCloseTo(total(column), 6)
      }),
      { numRuns: 200, seed: 1 },
    )
  })

  it('folds what happened at the very end into the last bin, and cuts that one short', () => {
    const from = { widthS: 1, count: 5, endS: 4 }
    const to = binsOver(4, coarserWidth(4, 1, 2))
    expect([...rebinCounts(Float64Array.of(1, 1, 1, 1, 7), from, to)]).toEqual([2, 9])
    expect([...rebinMeans(Float64Array.of(1, 3, 5, 7, 99), from, to)]).toEqual([2, 6])
    expect([...rebinMeans(Float64Array.of(1, 3, 5), { widthS: 1, count: 3, endS: 2.5 }, binsOver(2.5, 2))]).toEqual([
      2, 5,
    ])
  })

  it('moves clusters side by side', () => {
    const from = binsOver(2, 1)
    expect([...rebinMeans(Float64Array.of(1, 10, 3, 30), from, binsOver(2, 2), 2)]).toEqual([2, 20])
  })
})
