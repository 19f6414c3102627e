/** energy-aware, weighted, carbon-cap and the Pareto front in worlds of a line or two. */
import { expect, test } from 'vitest'
import { findPolicy, type Model, paretoFront, simulate } from '../../../engine/index.ts'
import { buildModel } from '../../reference/build-model.ts'
import type { ModelSpec, WorkloadSpec } from '../../reference/model-spec.ts'
import { tinyModel } from '../../reference/tiny-model.ts'

const jobs = (count: number, more: Partial<WorkloadSpec> = {}): WorkloadSpec => ({
  name: 'w',
  trace: Array.from({ length: count }, () => ({ submitS: 0, runS: 3600 })),
  ...more,
})

function decisions(model: Model, policy: string, options = {}) {
  const run = simulate(model, findPolicy(policy)!.create(options), { replication: 0, record: { decisions: true } })
  const { node, time, score } = run.decisions!
  return { nodes: [...node], times: [...time], scores: [...score], run }
}

/** Quick and hungry, slow and frugal. */
const two = (workload: WorkloadSpec, more: Partial<ModelSpec> = {}): Model =>
  buildModel({
    clusters: [
      { name: 'quick', groups: [{ nodes: 4, cpuMilli: 2000, speed: 2, idleW: 100, busyW: 500 }] },
      { name: 'slow', groups: [{ nodes: 4, cpuMilli: 2000, idleW: 10, busyW: 50 }] },
    ],
    workloads: [workload],
    ...more,
  })

test('energy-aware takes the fewest joules, as they are then burnt', () => {
  const { nodes, scores, run } = decisions(two(jobs(1)), 'energy-aware', { network: 0 })
  expect(nodes).toEqual([4])
  expect(scores[0]).toBeCloseTo(20 * 3600, 6)
  const idleJ = 4 * (100 + 10) * run.endS
  expect(run.clusters.energyJ[0] + run.clusters.energyJ[1] - idleJ).toBeCloseTo(scores[0], 3)
})

test('unless the deadline or the ways forbid it', () => {
  expect(decisions(two(jobs(1, { deadlineS: 4000 })), 'energy-aware').nodes).toEqual([0])
  expect(decisions(two(jobs(1, { deadlineS: 4000 })), 'energy-aware', { reserve: 0 }).nodes).toEqual([4])
  expect(decisions(two(jobs(1, { deadlineS: 60 })), 'energy-aware').nodes).toEqual([0])
  const far = { latency: [['quick', 'slow', 500]] as [string, string, number][] }
  expect(decisions(two(jobs(1), far), 'energy-aware', { network: 1000 }).nodes).toEqual([0])
  expect(decisions(two(jobs(1), far), 'energy-aware', { network: 0 }).nodes).toEqual([4])
})

test('it fills one node before the next, or spreads where that is asked for, or where full nodes burn more', () => {
  const world = { nodes: 3, node: { cpuMilli: 2000, idleW: 10, busyW: 50 }, workloads: [jobs(3)] }
  expect(decisions(tinyModel(world), 'energy-aware').nodes).toEqual([0, 0, 1])
  expect(decisions(tinyModel(world), 'energy-aware', { consolidate: false }).nodes).toEqual([0, 1, 2])
  const cubic = { ...world, node: { ...world.node, power: 'cubic' } }
  expect(decisions(tinyModel(cubic), 'energy-aware').nodes).toEqual([0, 1, 2])
})

test('energy-aware is the best of all placements by brute force, where power is linear', () => {
  const model = two(jobs(6))
  const energy = (policy: string) =>
    decisions(model, policy).run.clusters.energyJ.reduce((sum, joules) => sum + joules, 0)
  const dynamic = (onSlow: number) => 3600 * 20 * onSlow + 1800 * 200 * (6 - onSlow)
  const { run } = decisions(model, 'energy-aware')
  const idleJ = 4 * (100 + 10) * run.endS
  const best = Math.min(...Array.from({ length: 7 }, (_, onSlow) => dynamic(onSlow)))
  expect(energy('energy-aware') - idleJ).toBeCloseTo(best, 3)
})

const carbon = { quick: [[0, 100]] as [number, number][], slow: [[0, 2000]] as [number, number][] }
const dirty = (workload: WorkloadSpec): Model =>
  buildModel({
    clusters: [
      { name: 'quick', carbon: carbon.quick, groups: [{ nodes: 4, cpuMilli: 2000, speed: 2, idleW: 0, busyW: 500 }] },
      { name: 'slow', carbon: carbon.slow, groups: [{ nodes: 4, cpuMilli: 2000, idleW: 0, busyW: 50 }] },
    ],
    workloads: [workload],
  })

test.each([
  [{ latency: 1, network: 0, energy: 0, carbon: 0 }, 0],
  [{ latency: 0, network: 0, energy: 1, carbon: 0 }, 4],
  // 1,800 s · 250 W at 100 g/kWh are 12.5 g, 3,600 s · 25 W at 2,000 g/kWh are 50.
  [{ latency: 0, network: 0, energy: 0, carbon: 1 }, 0],
  [{ latency: 0, network: 0, energy: 2, carbon: 1 }, 4],
  [{ latency: 1, network: 0, energy: 1.5, carbon: 1 }, 0],
])('weighted by %o', (weights, node) => {
  expect(decisions(dirty(jobs(1)), 'weighted', weights).nodes).toEqual([node])
})

test('what weighted takes is on the Pareto front, whatever the weights, if none is 0', () => {
  const points = [
    [1800, 450_000, 12.5],
    [3600, 90_000, 50],
    [3600, 450_000, 50],
  ]
  expect(paretoFront(points)).toEqual([true, true, false])
  expect(paretoFront([[1], [1], [2]])).toEqual([true, true, false])
})

test('carbon-cap lets through what the budget has the grams for, and the rest as it fills', () => {
  // Each job emits 12.5 g on the quick nodes; an hour brings 25 g.
  const { nodes, times } = decisions(dirty(jobs(6)), 'carbon-cap', { gramsPerHour: 25 })
  expect(nodes.every(node => node < 4)).toBe(true)
  expect(times.map(time => Math.round(time))).toEqual([0, 0, 1800, 3600, 5400, 7200])
})

test('who cannot wait goes where it emits least, and those after it pay for it', () => {
  const hurried = decisions(dirty(jobs(4, { deadlineS: 3600 })), 'carbon-cap', { gramsPerHour: 12.5, reserve: 0 })
  expect(hurried.times.map(time => Math.round(time))).toEqual([0, 1800, 1800, 1800])
  expect(hurried.run.measured.deadlineMisses).toBe(0)
  const never = decisions(dirty(jobs(3)), 'carbon-cap', { gramsPerHour: 0.001, slackHours: 2 })
  expect(never.times.map(time => Math.round(time))).toEqual([0, 7200, 7200])
})
