/** Arrival processes against what is known of their counts. */
import { describe, expect, it } from 'vitest'
import type { RunResult } from '../../engine/index.ts'
import { birthDeath } from '../../runner/selftest/theory/birth-death.ts'
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

describe('mmpp', () => {
  const states = [
    { ratePerS: 4, stayS: 5 },
    { ratePerS: 0.5, stayS: 20 },
  ]
  const horizonS = 400
  const rate = (4 * 5 + 0.5 * 20) / 25
  const { count, early } = replicate(
    arrivals({ mmpp: { states } }, horizonS),
    {
      count: result => submitted(result).length,
      early: result => submitted(result).filter(time => time < 4).length,
    },
    { replications: 900 },
  )

  it('counts its mean rate, from the begin on', () => {
    expectTheory(count, rate * horizonS, 0.05)
    expectTheory(early, rate * 4, 0.3)
  })

  it('varies as two states do: index of dispersion (Fischer and Meier-Hellstern 1993)', () => {
    const [out, back] = [1 / 5, 1 / 20]
    const both = out + back
    const excess =
      ((2 * (4 - 0.5) ** 2 * out * back) / both ** 3 / rate) *
      (1 - (1 - Math.exp(-both * horizonS)) / (both * horizonS))
    const squares = count.map(value => (value - rate * horizonS) ** 2 / (rate * horizonS))
    expectTheory(squares, 1 + excess, 0.2)
  })

  it('of states with one rate is Poisson', () => {
    const flat = arrivals(
      {
        mmpp: {
          states: [
            { ratePerS: 1, stayS: 3 },
            { ratePerS: 1, stayS: 9 },
          ],
        },
      },
      100,
    )
    const answers = replicate(flat, { count: result => submitted(result).length }, { replications: 400 })
    expectTheory(answers.count, 100, 0.03)
    expectTheory(
      answers.count.map(value => (value - 100) ** 2),
      100,
      0.3,
    )
  })

  it('of a state without jobs is silent there', () => {
    const bursts = arrivals(
      {
        mmpp: {
          states: [
            { ratePerS: 50, stayS: 1 },
            { ratePerS: 0, stayS: 1e9 },
          ],
        },
      },
      1000,
    )
    expect(submitted(run(bursts)).length).toBeLessThan(1000)
  })
})

describe('closed', () => {
  const users = 8
  const think = { kind: 'exponential', a: 4 }
  const work = { kind: 'exponential', a: 1 }
  const throughput = ({ jobs }: RunResult, horizonS: number) => jobs!.submitTime.length / horizonS
  /** Exact mean value analysis (Reiser and Lavenberg 1980): jobs a second through stations of these mean times. */
  const mva = (serviceS: readonly number[], thinkS: number): number => {
    let queues = serviceS.map(() => 0)
    let rate = 0
    for (let n = 1; n <= users; n++) {
      const responses = serviceS.map((service, i) => service * (1 + queues[i]))
      rate = n / (thinkS + responses.reduce((sum, response) => sum + response, 0))
      queues = responses.map(response => rate * response)
    }
    return rate
  }
  /** M/M/1//N: the share of time in which the one server has something to do, over its mean time. */
  const repairman = (thinkS: number, serviceS: number): number => {
    const births = Array.from({ length: users }, (_, n) => (users - n) / thinkS)
    const deaths = births.map(() => 1 / serviceS)
    return (1 - birthDeath(births, deaths)[0]) / serviceS
  }

  it('sends as many jobs to one server as the machine repairman model and mean value analysis say', () => {
    const horizonS = 5000
    const model = arrivals({ closed: { users, think }, work }, horizonS)
    const { rate } = replicate(model, { rate: result => throughput(result, horizonS) })
    expect(mva([1], 4)).toBeCloseTo(repairman(4, 1), 12)
    expectTheory(rate, repairman(4, 1), 0.01)
  })

  it('sends as many jobs through two stations as mean value analysis says', () => {
    const horizonS = 4000
    const model = tinyModel({
      horizonS,
      clusters: [
        { name: 'a', groups: [{ nodes: 1, cpuMilli: 1000, arch: 0 }] },
        { name: 'b', groups: [{ nodes: 1, cpuMilli: 1000, arch: 1 }] },
      ],
      workloads: [
        {
          name: 'w',
          closed: { users, think },
          stages: [
            { work, request: { archMask: 0b1 } },
            { work: { kind: 'exponential', a: 0.7 }, request: { archMask: 0b10 }, after: [0] },
          ],
        },
      ],
    })
    const { rate } = replicate(model, { rate: result => throughput(result, horizonS) }, { policy: 'greedy-latency' })
    expectTheory(rate, mva([1, 0.7], 4), 0.01)
  })

  it('never has more jobs in the system than users', () => {
    const model = arrivals(
      { closed: { users: 2, think: { kind: 'constant', a: 0 } }, work: { kind: 'constant', a: 3 } },
      10,
    )
    expect([...submitted(run(model))]).toEqual([0, 0, 3, 6, 9])
  })

  it('thinks alike whatever the policy, and whatever fails', () => {
    const model = (failures: object) =>
      tinyModel({
        seed: 5,
        horizonS: 500,
        workloads: [{ name: 'w', closed: { users: 1, think }, work: { kind: 'constant', a: 2 } }],
        ...failures,
      })
    const gaps = (result: RunResult) => [...submitted(result)].slice(1).map((time, i) => time - submitted(result)[i])
    const member = { victims: [{ cluster: 'c', node: 0 }], name: 'n', ordinal: 0 }
    const calm = gaps(run(model({})))
    const up = { kind: 'exponential', a: 60 }
    const failing = gaps(run(model({ randomFailures: [{ up, down: { kind: 'constant', a: 5 }, members: [member] }] })))
    expect(failing).not.toEqual(calm)
    const later = failing.filter((gap, i) => Math.abs(gap - calm[i]) > 1e-6)
    expect(later.length).toBeLessThan(failing.length)
    for (const [i, gap] of failing.entries()) expect(gap).toBeGreaterThan(calm[i] - 1e-6)
  })
})
