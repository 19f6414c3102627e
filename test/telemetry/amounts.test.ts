import { describe, expect, it } from 'vitest'
import { countedInAll, countedOver, flowedInAll, flowedOver } from '../../runner/telemetry/amounts.ts'

const every = (stepMs: number, values: (number | null)[]) =>
  values.flatMap((value, i) => (value === null ? [] : [{ atMs: i * stepMs, value }]))

describe('a counter', () => {
  it('is read between its samples', () => {
    // 10 a second, looked at every 10 s: from 5 s to 35 s.
    const samples = every(10_000, [1000, 1100, 1200, 1300, 1400])
    expect(countedOver(samples, 5000, 35_000)).toEqual({ value: 300, known: 1, resets: 0 })
  })

  it('that begins anew loses nothing but the time around it', () => {
    const values = Array.from({ length: 61 }, (_, i) => (i < 30 ? 500 + i * 10 : (i - 30) * 10 + 3))
    const { value, known, resets } = countedOver(every(1000, values), 0, 60_000)
    expect(resets).toBe(1)
    expect(known).toBeCloseTo(59 / 60, 9)
    expect(value).toBeCloseTo(600, 9)
  })

  it('bridges a gap, for it goes on counting', () => {
    const samples = every(10_000, [0, 100, null, null, null, null, 600, 700])
    expect(countedOver(samples, 0, 70_000)).toEqual({ value: 700, known: 1, resets: 0 })
  })

  it('of which too little is known is not made up', () => {
    const samples = every(10_000, [0, 100, 200])
    expect(countedOver(samples, 0, 40_000)).toEqual({ value: Number.NaN, known: 0.5, resets: 0 })
    expect(countedOver([], 0, 1000).value).toBeNaN()
    expect(countedOver(samples.slice(0, 1), 0, 1000).known).toBe(0)
    const anew = every(10_000, [0, 100, 0, 100, 0])
    expect(countedOver(anew, 0, 40_000)).toEqual({ value: Number.NaN, known: 0.5, resets: 2 })
  })

  it('is scaled up where nearly all is known; what is no number is no sample', () => {
    const samples = [
      ...every(
        1000,
        Array.from({ length: 98 }, (_, i) => i * 2),
      ),
      { atMs: 98_000, value: Number.NaN },
    ]
    expect(countedOver(samples, 0, 100_000).value).toBeCloseTo(200, 9)
  })

  it('that was born at 0 counts from there', () => {
    expect(countedInAll(every(1000, [5, 9, 2, 3]))).toBe(12)
    expect(countedInAll([])).toBe(0)
  })
})

describe('a gauge', () => {
  it('is integrated, linear between its samples', () => {
    // 100 W, then rising to 200 W.
    const samples = every(10_000, [100, 100, 200, 200])
    expect(flowedOver(samples, 0, 30_000).value).toBe(1000 + 1500 + 2000)
    expect(flowedOver(samples, 25_000, 30_000).value).toBe(1000)
    expect(flowedInAll(samples)).toBe(4500)
  })

  it('tells nothing of a gap', () => {
    const samples = every(1000, [...Array(40).fill(7), ...Array(10).fill(null), ...Array(50).fill(7)])
    const { value, known } = flowedOver(samples, 0, 99_000)
    expect(known).toBeCloseTo(88 / 99, 9)
    expect(value).toBeNaN()
    const short = every(1000, [...Array(40).fill(7), null, null, null, ...Array(90).fill(7)])
    expect(flowedOver(short, 0, 132_000).value).toBeCloseTo(7 * 132, 9)
  })
})
