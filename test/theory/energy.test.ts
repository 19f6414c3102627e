/** Energy is the integral of power: in closed form where the state is known. */
import { describe, expect, it } from 'vitest'
import { run, tinyModel } from '../reference/tiny-model.ts'
import { expectTheory, replicate } from './interval.ts'

const watts = { idleW: 100, busyW: 300, failedW: 7 }

describe('energy', () => {
  it('of idle nodes is idle watts × time × PUE', () => {
    const model = tinyModel({ horizonS: 3600, nodes: 3, node: watts, cluster: { pue: 1.2 }, workloads: [] })
    const { clusters } = run(model)
    expect(clusters.energyJ[0]).toBeCloseTo(3 * 100 * 3600 * 1.2, 6)
    expect(clusters.idleEnergyJ[0]).toBeCloseTo(3 * 100 * 3600 * 1.2, 6)
  })

  it('of work adds (busy − idle) watts × share of the cores × time', () => {
    const trace = [
      { submitS: 10, runS: 50 },
      { submitS: 20, runS: 100, request: { cpuMilli: 2500 } },
    ]
    const model = tinyModel({ node: { cpuMilli: 4000, ...watts }, workloads: [{ name: 'w', trace }] })
    const { clusters, endS } = run(model)
    expect(endS).toBe(120)
    expect(clusters.energyJ[0]).toBeCloseTo(100 * 120 + (200 / 4) * (1 * 50 + 2.5 * 100), 6)
    expect(clusters.busyCoreS[0]).toBeCloseTo(1 * 50 + 2.5 * 100, 9)
  })

  it('counts from the end of the warm-up, in the middle of a job', () => {
    const model = tinyModel({ warmupS: 30, node: watts, workloads: [{ name: 'w', trace: [{ submitS: 0, runS: 50 }] }] })
    expect(run(model).clusters.energyJ[0]).toBeCloseTo(300 * 20, 6)
  })

  it('is not burnt by what has been placed and has not begun', () => {
    const node = { ...watts, startupS: 8 }
    const model = tinyModel({ node, workloads: [{ name: 'w', trace: [{ submitS: 0, runS: 5 }] }] })
    expect(run(model).clusters.energyJ[0]).toBeCloseTo(100 * 8 + 300 * 5, 6)
  })

  it('is that of the failed watts while a node is down', () => {
    const failures = [{ atS: 10, forS: 30, victims: [{ cluster: 'c', node: 0 }] }]
    const model = tinyModel({ horizonS: 100, nodes: 2, node: watts, cluster: { pue: 1.5 }, failures, workloads: [] })
    const { clusters } = run(model)
    expect(clusters.energyJ[0]).toBeCloseTo(1.5 * (100 * (200 - 30) + 7 * 30), 6)
    expect(clusters.idleEnergyJ[0]).toBeCloseTo(1.5 * 100 * (200 - 30), 6)
  })

  it('of a queue is idle watts + (busy − idle) watts × load, in the mean', () => {
    const workloads = [{ name: 'w', poisson: { ratePerS: 0.6 }, work: { kind: 'exponential', a: 1 } }]
    const model = tinyModel({ seed: 5, horizonS: 20_000, warmupS: 1000, node: watts, workloads })
    const { power } = replicate(model, { power: ({ clusters }) => clusters.energyJ[0] / 19_000 })
    expectTheory(power, 100 + 200 * 0.6, 0.01)
  })
})
