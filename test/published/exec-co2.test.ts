/**
 * Emissions of SimGrid's example exec-co2 (simgrid/simgrid, examples/cpp/exec-co2: validation.md, s4u-exec-co2.tesh and
 * co2.csv; LGPL, figures only): one host of 4 cores for ten hours, off, idle, or with one core busy for an hour, then
 * two for two hours, three for three and four for four, under constant and under hourly intensities.
 */
import { expect, it } from 'vitest'
import type { WorkloadSpec } from '../reference/model-spec.ts'
import { run, tinyModel } from '../reference/tiny-model.ts'

const hour = 3600

const hourly = {
  brazil: [100.07, 93.6, 93.89, 96.04, 95.0, 94.4, 94.11, 94.99, 96.44, 99.76],
  france: [29.09, 30.08, 32.33, 32.96, 33.0, 33.41, 34.52, 33.63, 32.17, 31.95],
  usa: [453.54, 441.48, 437.93, 437.61, 442.29, 447.18, 452.04, 453.96, 455.13, 457.54],
}

/** The four executions of `test_execution`, each begun when the one before has ended. */
const executions: WorkloadSpec = {
  name: 'execution',
  renewal: { interval: { kind: 'constant', a: 0 }, maxJobs: 1 },
  stages: [1, 2, 3, 4].map(n => ({
    after: n === 1 ? [] : [n - 2],
    request: { tasks: n },
    work: { kind: 'constant', a: n * hour },
  })),
}

/** SimGrid's wattage_per_state 100 (idle) … 200 (all cores), wattage_off 5: a host that is off is one that is down. */
function host(does: 'runs' | 'idles' | 'is off', gramsPerKwh: number | readonly number[]) {
  const list = typeof gramsPerKwh === 'number' ? [gramsPerKwh] : gramsPerKwh
  const { endS, clusters } = run(
    tinyModel({
      horizonS: 10 * hour,
      node: { cpuMilli: 4000, idleW: 100, busyW: 200, failedW: 5 },
      cluster: { carbon: list.map((grams, h) => [h * hour, grams]) },
      workloads: does === 'runs' ? [executions] : [],
      failures: does === 'is off' ? [{ atS: 0, victims: [{ cluster: 'c', node: 0 }] }] : [],
    }),
  )
  return { endS, joules: clusters.energyJ[0], grams: clusters.emissionsG[0] }
}

it.each([
  ['Brazil, constant', 'runs', 91.48, 6_300_000, 160.09],
  ['Brazil, hourly', 'runs', hourly.brazil, 6_300_000, 167.64425],
  ['France, constant', 'idles', 33.45, 3_600_000, 33.45],
  ['France, hourly', 'idles', hourly.france, 3_600_000, 32.314],
  ['USA, constant', 'is off', 403.65, 180_000, 20.1825],
  ['USA, hourly', 'is off', hourly.usa, 180_000, 22.3935],
] as const)('%s: a host that %s', (_, does, gramsPerKwh, joules, grams) => {
  const result = host(does, gramsPerKwh)
  expect(result.joules).toBeCloseTo(joules, 6)
  expect(result.grams).toBeCloseTo(grams, 9)
})

it('the executions take exactly the ten hours', () => {
  const model = tinyModel({ node: { cpuMilli: 4000 }, workloads: [executions] })
  expect(run(model).endS).toBe(10 * hour)
})
