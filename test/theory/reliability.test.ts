/** Availability, faults and shadows, where the outcome can be written down. */
import { describe, expect, it } from 'vitest'
import type { RunResult } from '../../engine/index.ts'
import { run, tinyModel } from '../reference/tiny-model.ts'
import { expectTheory, mean, replicate } from './interval.ts'

describe('availability', () => {
  const failures = Array.from({ length: 20 }, (_, k) => ({
    atS: 100 * k + 50,
    forS: 10,
    victims: [{ cluster: 'c', node: 0 }],
  }))

  it('is the share of up core-seconds under a periodic schedule', () => {
    const { clusters } = run(tinyModel({ horizonS: 2000, nodes: 4, failures, workloads: [] }))
    expect(clusters.upCoreS[0]).toBeCloseTo(4 * 2000 - 20 * 10, 9)
    expect(clusters.capacityCoreS[0]).toBe(4 * 2000)
  })

  it('counts overlapping failures of a node once', () => {
    const twice = failures.flatMap(failure => [failure, { ...failure, atS: failure.atS + 4 }])
    const { clusters } = run(tinyModel({ horizonS: 2000, nodes: 4, failures: twice, workloads: [] }))
    expect(clusters.upCoreS[0]).toBeCloseTo(4 * 2000 - 20 * 14, 9)
  })
})

const failedShare = ({ total }: RunResult) => total.failed / total.submitted
const attempts = ({ jobs }: RunResult) => mean(jobs!.attempts)

describe('faults', () => {
  const q = 0.4
  const faulty = (retries: number, clusters = [{ name: 'c', groups: [{ nodes: 1, cpuMilli: 64_000 }] }]) =>
    tinyModel({
      seed: 11,
      clusters,
      workloads: [
        {
          name: 'w',
          poisson: { ratePerS: 1, maxJobs: 3000 },
          work: { kind: 'exponential', a: 1 },
          failureProbability: q,
          retries,
        },
      ],
    })

  it.each([0, 1, 3])('fail the share q^(retries + 1) of the jobs: %i retries', retries => {
    const answers = replicate(faulty(retries), { failedShare, attempts })
    expectTheory(answers.failedShare, q ** (retries + 1), 0.1)
    expectTheory(answers.attempts, (1 - q ** (retries + 1)) / (1 - q), 0.02)
  })

  it('take half of the run time in the mean: wasted work', () => {
    const { wasted } = replicate(faulty(0), { wasted: ({ wastedCoreS, total }) => wastedCoreS / total.failed })
    expectTheory(wasted, 0.5)
  })

  it('of a stage and its shadow are independent: q² of the jobs fail without retries', () => {
    const zones = ['a', 'b', 'c'].map(name => ({ name, groups: [{ nodes: 1, cpuMilli: 64_000 }] }))
    const experiment = { policy: 'resilient', options: { shadows: 1, only: 'all' } }
    const answers = replicate(faulty(0, zones), { failedShare, attempts }, experiment)
    expectTheory(answers.failedShare, q * q, 0.1)
    expect(new Set(answers.attempts)).toEqual(new Set([2]))
  })
})
