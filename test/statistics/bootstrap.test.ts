import { describe, expect, it } from 'vitest'
import { bootstrapInterval, mser5, welchAverage } from '../../engine/index.ts'
import { normalCdf, normalQuantile } from '../../engine/statistics/normal.ts'

/** Spatial test data, task A (Efron and Tibshirani 1993, table 14.1), of whose variance section 14.2 is. */
const spatial = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41]
const variance = (values: Float64Array) => {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  return values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length
}

describe('bootstrap intervals of the variance of the spatial test', () => {
  const options = { confidence: 0.9, resamples: 20_000, seed: 7 }

  it('are those of the book: percentile (100.8, 233.9), BCa (115.8, 259.6), each of 2,000 resamples', () => {
    const percentile = bootstrapInterval(spatial, variance, { ...options, method: 'percentile' })
    expect(percentile.estimate).toBeCloseTo(171.5, 1)
    expect(Math.abs(percentile.low - 100.8)).toBeLessThan(4)
    expect(Math.abs(percentile.high - 233.9)).toBeLessThan(4)
    const bca = bootstrapInterval(spatial, variance, options)
    expect(Math.abs(bca.low - 115.8)).toBeLessThan(4)
    expect(Math.abs(bca.high - 259.6)).toBeLessThan(6)
  })

  it('are the same for the same seed, and others for another', () => {
    expect(bootstrapInterval(spatial, variance, options)).toEqual(bootstrapInterval(spatial, variance, options))
    expect(bootstrapInterval(spatial, variance, { ...options, seed: 8 })).not.toEqual(
      bootstrapInterval(spatial, variance, options),
    )
  })

  it('bound nothing with one value', () => {
    expect(bootstrapInterval([3], variance)).toEqual({ estimate: 0, low: -Infinity, high: Infinity, n: 1 })
  })
})

it('the normal distribution is as tabulated', () => {
  expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14)
  expect(normalCdf(-1)).toBeCloseTo(0.15865525393145707, 14)
  expect(normalQuantile(0.95)).toBeCloseTo(1.6448536269514722, 12)
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 10)
})

describe('warm-up', () => {
  it('is where a step ends, by MSER-5', () => {
    const series = Array.from({ length: 400 }, (_, i) => (i < 60 ? 50 - i / 2 : i % 10 < 5 ? 9 : 11))
    expect(mser5(series)).toBe(60)
  })

  it('is 0 of a series that is steady from the begin, and unknown of one that never is', () => {
    expect(mser5(Array.from({ length: 200 }, (_, i) => (i % 10 < 5 ? 1 : 3)))).toBe(0)
    expect(mser5(Array.from({ length: 200 }, (_, i) => i))).toBeNaN()
    expect(mser5([1, 2, 3])).toBeNaN()
  })

  it('is smoothed over replications and neighbours, by Welch', () => {
    const average = welchAverage(
      [
        [0, 2, 4, 6, 8],
        [2, 4, 6, 8, 10],
      ],
      1,
    )
    expect([...average]).toEqual([1, 3, 5, 7])
    expect([...welchAverage([[0, 0, 9, 0, 0]], 2)]).toEqual([0, 3, 1.8])
  })
})
