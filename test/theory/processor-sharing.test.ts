/** Cores shared by all that run, and stages one after another: mean responses that the law of the work leaves alone. */
import { describe, it } from 'vitest'
import { sharedResponse } from '../../runner/selftest/theory/single-server.ts'
import { tinyModel } from '../reference/tiny-model.ts'
import { expectTheory, mean, replicate } from './interval.ts'

/** As many as the widths that `expectTheory` asks for need, with a quarter to spare. */
const jobs = 10_000

describe('M/G/1-PS: 1 / (1 − ρ), whatever the law of the work (Kleinrock, volume 2)', () => {
  const lambda = 0.6
  it.each([
    ['constant', { kind: 'constant', a: 1 }],
    ['exponential', { kind: 'exponential', a: 1 }],
    ['hyperexponential', { kind: 'hyperexponential', a: 1, b: 2 }],
  ])('%s', (_name, work) => {
    const model = tinyModel({
      seed: 20261125,
      warmupS: 1000,
      node: { cpuMilli: 1e6, coreMilli: 1000 },
      workloads: [
        {
          name: 'w',
          poisson: { ratePerS: lambda, maxJobs: jobs },
          work,
          request: { cpuMilli: 1, useMilli: 1000 },
        },
      ],
    })
    const answers = replicate(model, {
      response: ({ samples }) => mean(samples.responseTime),
      busy: ({ clusters }) => clusters.busyCoreS[0] / clusters.capacityCoreS[0],
    })
    expectTheory(answers.response, sharedResponse(lambda, 1))
    expectTheory(answers.busy, lambda, 0.02)
  })
})

describe('a tandem of two queues (Jackson 1957)', () => {
  it('responds after the sum of both, each as if it were alone', () => {
    const [lambda, first, second] = [0.5, 1, 1.2]
    const model = tinyModel({
      seed: 7,
      warmupS: 1000,
      clusters: ['a', 'b'].map((name, arch) => ({ name, groups: [{ nodes: 1, cpuMilli: 1000, arch }] })),
      workloads: [
        {
          name: 'w',
          poisson: { ratePerS: lambda, maxJobs: jobs },
          stages: [
            { work: { kind: 'exponential', a: first }, request: { archMask: 0b01 } },
            { after: [0], work: { kind: 'exponential', a: second }, request: { archMask: 0b10 } },
          ],
        },
      ],
    })
    const { response } = replicate(
      model,
      { response: ({ samples }) => mean(samples.responseTime) },
      // Not blocking: a stage that waits for the one server must not hold up those for the other.
      { policy: 'fcfs', options: { blocking: false } },
    )
    expectTheory(response, sharedResponse(lambda, first) + sharedResponse(lambda, second))
  })
})
