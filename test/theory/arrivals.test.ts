/** Arrival processes against what is known of their counts. */
import { describe, expect, it } from 'vitest'
import type { RunResult } from '../../engine/index.ts'
import type { WorkloadSpec } from '../reference/model-spec.ts'
import { run, tinyModel } from '../reference/tiny-model.ts'
import { expectTheory, replicate } from './interval.ts'

/** Jobs of no work on a node with room for all. */
const arrivals = (process: Partial<WorkloadSpec>, horizonS = Infinity) =>
  tinyModel({ seed: 3, horizonS, workloads: [{ name: 'w', ...process }] })

const submitted = (result: RunResult) => result.jobs!.submitTime

describe('renewal', () => {
  it('of a constant interval is a clock that begins at `from`', () => {
    const renewal = { interval: { kind: 'constant', a: 2.5 }, fromS: 10, untilS: 20 }
    expect([...submitted(run(arrivals({ renewal })))]).toEqual([12.5, 15, 17.5])
  })

  it('counts t / mean jobs, with variance t cv² / mean', () => {
    const [cv, horizonS] = [0.5, 4000]
    const model = arrivals({ renewal: { interval: { kind: 'gamma', a: 2, b: cv } } }, horizonS)
    const { count } = replicate(model, { count: result => submitted(result).length }, { replications: 200 })
    expectTheory(count, horizonS / 2 + (cv * cv - 1) / 2, 0.01)
    const squares = count.map(value => (value - horizonS / 2) ** 2)
    expectTheory(squares, (horizonS / 2) * cv * cv, 0.5)
  })
})

describe('diurnal', () => {
  const [ratePerS, amplitude, periodS, peakS] = [0.5, 0.8, 100, 30]
  const model = arrivals({ diurnal: { ratePerS, amplitude, periodS, peakS } }, 2000)
  const within = (from: number, to: number) => (result: RunResult) =>
    submitted(result).filter(time => time % periodS >= from && time % periodS < to).length
  /** ∫ of the rate over that part of all periods. */
  const expected = (from: number, to: number) => {
    const angle = (t: number) => (2 * Math.PI * (t - peakS)) / periodS
    const wave = ((Math.sin(angle(to)) - Math.sin(angle(from))) * periodS) / (2 * Math.PI)
    return (2000 / periodS) * ratePerS * (to - from + amplitude * wave)
  }

  it.each([
    [0, 100],
    [25, 35],
    [75, 85],
    [0, 25],
  ])('counts the integral of its rate from %i to %i s of each period', (from, to) => {
    const { count } = replicate(model, { count: within(from, to) }, { replications: 60 })
    expectTheory(count, expected(from, to), 0.2)
  })

  it('without amplitude is Poisson: the variance is the mean', () => {
    const flat = arrivals({ diurnal: { ratePerS, amplitude: 0, periodS, peakS } }, 200)
    const { count } = replicate(flat, { count: result => submitted(result).length }, { replications: 400 })
    expectTheory(count, 100, 0.03)
    const squares = count.map(value => (value - 100) ** 2)
    expectTheory(squares, 100, 0.3)
  })
})
