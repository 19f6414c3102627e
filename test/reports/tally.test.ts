import { serialize } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { metrics } from '../../engine/metrics.ts'
import { mean, variance } from '../../engine/statistics/descriptive.ts'
import { joinMoments, momentsOf } from '../../engine/statistics/moments.ts'
import { rowLength } from '../../reports/summary/row.ts'
import { placeOfMetric, Tally } from '../../reports/summary.ts'

const energy = placeOfMetric('energy')
const energyIndex = metrics.findIndex(({ name }) => name === 'energy')
const valueAt = (policy: number, i: number) => 1e6 + Math.sin(i) * 10 + policy * Math.cos(3 * i)
const row = (value: number) => new Float64Array(rowLength(0)).fill(value)

/** Two policies over so many replications, in the order that `order` gives. */
function tallied(replications: number, order: (trials: [number, number][]) => [number, number][]): Tally {
  const tally = new Tally(2, 0)
  const trials = Array.from({ length: 2 * replications }, (_, i): [number, number] => [i % 2, i >> 1])
  for (const [policy, i] of order(trials)) tally.add(policy, i, row(valueAt(policy, i)))
  return tally
}

describe('a tally', () => {
  it('has, to the last bit, what two passes over all values give, where they are few', () => {
    const values = Array.from({ length: 1024 }, (_, i) => valueAt(0, i))
    const { n, mean: estimate, squares } = tallied(1024, trials => trials).column(0, energy)
    expect([n, estimate, squares / (n - 1)]).toEqual([1024, mean(values), variance(values)])
  })

  it('is within rounding of that where they are many', () => {
    const values = Array.from({ length: 5000 }, (_, i) => valueAt(1, i))
    const { n, mean: estimate, squares } = tallied(5000, trials => trials).column(1, energy)
    expect(n).toBe(5000)
    expect(estimate / mean(values)).toBeCloseTo(1, 13)
    expect(squares / (n - 1) / variance(values)).toBeCloseTo(1, 10)
  })

  it('is the same to the last bit in whatever order trials come', () => {
    const inOrder = tallied(3000, trials => trials)
    const orders: ((trials: [number, number][]) => [number, number][])[] = [
      trials => trials.reverse(),
      trials => trials.sort(([p, a], [q, b]) => p - q || b - a),
      trials => trials.sort(([, a], [, b]) => ((a * 7919) % 3001) - ((b * 7919) % 3001)),
    ]
    for (const order of orders) {
      const tally = tallied(3000, order)
      expect(tally.column(0, energy)).toEqual(inOrder.column(0, energy))
      expect(tally.difference(0, 1, energyIndex)).toEqual(inOrder.difference(0, 1, energyIndex))
    }
  })

  it('holds no more of a hundred thousand replications than of a thousand', () => {
    const bytesOf = (replications: number) => serialize(tallied(replications, trials => trials)).length
    expect(bytesOf(100 * 1024)).toBeLessThan(1.1 * bytesOf(1024))
  })

  it('can be asked in between', () => {
    const tally = new Tally(1, 0)
    for (const [i, value] of [4, 6, 8].entries()) {
      tally.add(0, i, row(value))
      expect(tally.column(0, energy).mean).toBe(4 + i)
    }
  })

  it('leaves out what errored or measured nothing, and pairs what both have', () => {
    const tally = new Tally(2, 0)
    const values = [
      [1, 2, null, Number.NaN],
      [1 + 1e-12, 5, 7, 9],
    ]
    for (const [policy, own] of values.entries())
      for (const [i, value] of own.entries()) tally.add(policy, i, value === null ? null : row(value))
    expect(tally.trials).toEqual([3, 4])
    expect(tally.column(0, energy)).toEqual({ n: 2, mean: 1.5, squares: 0.5 })
    expect(tally.difference(0, 1, energyIndex)).toEqual({ n: 2, mean: -1.5, squares: 4.5 })
  })

  it('is not finite where one is unbounded, also in another chunk, or for both policies', () => {
    const tally = new Tally(2, 0)
    for (let i = 0; i < 2500; i++)
      for (const policy of [0, 1]) tally.add(policy, i, row(i === 1 ? Number.POSITIVE_INFINITY : 1))
    expect(Number.isFinite(tally.column(0, energy).mean)).toBe(false)
    expect(Number.isFinite(tally.difference(0, 1, energyIndex).mean)).toBe(false)
  })
})

describe('moments', () => {
  it('of nothing change nothing', () => {
    const some = momentsOf([1, 2, 4])
    expect(joinMoments(momentsOf([]), some)).toEqual(some)
    expect(joinMoments(some, momentsOf([Number.NaN]))).toEqual(some)
  })
})
