/** Single queues whose waits have closed forms (Kleinrock, "Queueing Systems", volume 1). */
import { describe, expect, it } from 'vitest'
import { erlangC } from '../../runner/selftest/theory/erlang.ts'
import { waitInOrder } from '../../runner/selftest/theory/single-server.ts'
import { run, type TinyWorld, tinyModel } from '../reference/tiny-model.ts'
import { expectTheory, mean, replicate } from './interval.ts'

/** As many as the widths that `expectTheory` asks for need, with a tenth to spare. */
const jobs = 20_000

/** Poisson arrivals at rate λ; work with mean 1 s; measured after the queue has settled. */
const queue = (lambda: number, work: { kind: string; a: number; b?: number }, world: TinyWorld | object = {}) =>
  tinyModel({
    seed: 20261124,
    warmupS: 1000,
    workloads: [{ name: 'w', poisson: { ratePerS: lambda, maxJobs: jobs }, work }],
    ...world,
  })

const waits = { wait: ({ samples }: { samples: { waitTime: Float64Array } }) => mean(samples.waitTime) }

describe('M/M/1', () => {
  const lambda = 0.7
  const model = queue(lambda, { kind: 'exponential', a: 1 })
  const answers = replicate(model, {
    ...waits,
    response: ({ samples }) => mean(samples.responseTime),
    delayed: ({ samples }) => mean(samples.waitTime.map(wait => (wait > 0 ? 1 : 0))),
    tail: ({ samples }) => mean(samples.waitTime.map(wait => (wait > 5 ? 1 : 0))),
    busy: ({ clusters }) => clusters.busyCoreS[0] / clusters.capacityCoreS[0],
  })

  it('waits ρ / (1 − ρ)', () => expectTheory(answers.wait, lambda / (1 - lambda)))
  it('responds after 1 / (1 − ρ)', () => expectTheory(answers.response, 1 / (1 - lambda)))
  it('delays the share ρ of its jobs', () => expectTheory(answers.delayed, lambda))
  it('delays the share ρ exp(−(1 − ρ) t) for longer than t', () =>
    expectTheory(answers.tail, lambda * Math.exp(-(1 - lambda) * 5)))
  it('is busy for the share ρ of the time', () => expectTheory(answers.busy, lambda, 0.01))
})

describe('M/M/c', () => {
  const c = 4
  const lambda = 3.2
  const work = { kind: 'exponential', a: 1 }
  const fourNodes = queue(lambda, work, { nodes: c })
  const answers = replicate(fourNodes, {
    ...waits,
    delayed: ({ samples }) => mean(samples.waitTime.map(wait => (wait > 0 ? 1 : 0))),
  })

  it('delays the share of Erlang C', () => expectTheory(answers.delayed, erlangC(c, lambda)))
  it('waits Erlang C / (c − ρ)', () => expectTheory(answers.wait, erlangC(c, lambda) / (c - lambda), 0.1))
  it('is the same on c nodes of one core and on one of c cores', () => {
    const oneNode = queue(lambda, work, { node: { cpuMilli: 1000 * c } })
    expect(run(oneNode).samples.waitTime).toEqual(run(fourNodes).samples.waitTime)
  })
})

describe('M/G/1', () => {
  const lambda = 0.6

  it.each([
    ['M/D/1', { kind: 'constant', a: 1 }, 0],
    ['Erlang-4 work', { kind: 'gamma', a: 1, b: 0.5 }, 0.5],
    ['lognormal work', { kind: 'lognormal', a: 1, b: 1.5 }, 1.5],
    ['hyperexponential work', { kind: 'hyperexponential', a: 1, b: 2 }, 2],
  ])('waits as Pollaczek and Khinchine say: %s', (_, work, cv) => {
    expectTheory(replicate(queue(lambda, work), waits).wait, waitInOrder(lambda, 1, cv), 0.08)
  })

  it('waits longer on a slower node: time scales with 1 / speed', () => {
    const slow = tinyModel({
      seed: 20261124,
      node: { speed: 0.5 },
      workloads: [{ name: 'w', poisson: { ratePerS: 0.35, maxJobs: 1000 }, work: { kind: 'exponential', a: 1 } }],
    })
    const same = tinyModel({
      seed: 20261124,
      workloads: [{ name: 'w', poisson: { ratePerS: 0.35, maxJobs: 1000 }, work: { kind: 'exponential', a: 2 } }],
    })
    expect(mean(run(slow).samples.waitTime)).toBeCloseTo(mean(run(same).samples.waitTime), 9)
  })
})

describe('M/M/∞', () => {
  const model = tinyModel({
    seed: 7,
    horizonS: 5000,
    nodes: 40,
    workloads: [{ name: 'w', poisson: { ratePerS: 5 }, work: { kind: 'exponential', a: 1 } }],
  })

  it('has λ E[S] jobs in it and none waiting', () => {
    const { jobsInSystem, waiting } = replicate(model, {
      jobsInSystem: ({ systemJobS, endS }) => systemJobS / endS,
      waiting: ({ waitingJobS }) => waitingJobS,
    })
    expectTheory(jobsInSystem, 5, 0.02)
    expect(Math.max(...waiting)).toBe(0)
  })
})
