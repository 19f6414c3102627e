import { describe, expect, test } from 'vitest'
import { findPolicy, policies, simulate } from '../../engine/index.ts'
import { compile } from '../../runner/compile/compile.ts'
import type { Scenario } from '../../runner/scenario/scenario.ts'

const cluster = (name: string, zone: string, more = {}) => ({
  name,
  pool: 'p',
  zone,
  region: zone,
  nodes: 3,
  nodePrefix: `${name}-node`,
  cpuMilli: 4000,
  overcommit: 1,
  memoryBytes: 8e9,
  gpu: 1,
  arch: 'amd64',
  speed: 1,
  startupS: 0.5,
  detectionS: 25,
  pue: 1.2,
  resiliency: 1,
  formats: ['native', 'wasm'],
  power: { model: 'linear', offW: 1, failedW: 0, idleW: 50, busyW: 150, tableW: [], bootS: 2, shutdownS: 1 },
  carbon: null,
  ...more,
})

/** A small fabric under load, with a blackout, gangs, faults and a deadline. */
const scenario: Scenario = {
  name: 'conformance',
  description: '',
  seed: 11,
  start: '2026-01-01T00:00:00Z',
  horizonS: null,
  warmupS: 20,
  scaling: 100,
  clusters: [
    cluster('a', 'z1'),
    cluster('b', 'z2', { arch: 'arm64', speed: 0.5 }),
    cluster('c', 'z3', { startupS: 0, speed: 2 }),
  ],
  latencyS: { a: { a: 0, b: 0.02, c: 0.03 }, b: { a: 0.02, b: 0, c: 0.01 }, c: { a: 0.03, b: 0.01, c: 0 } },
  bandwidth: {},
  modes: { wasm: 1.55, emulated: 8 },
  compat: null,
  workloads: [
    {
      name: 'urgent',
      origin: { a: 0.7, b: 0.3 },
      originNode: null,
      deadlineS: 20,
      onMiss: 'count',
      priority: 0,
      retries: 1,
      arrivals: { process: 'poisson', ratePerS: 1, fromS: 0, untilS: 300, maxJobs: 250 },
      stages: [
        {
          id: 's',
          after: [],
          tasks: 1,
          cpuMilli: 1000,
          useMilli: null,
          memoryBytes: 1e9,
          gpu: 0,
          arch: [],
          duration: { kind: 'exponential', parameters: { mean: 4 } },
          estimateS: null,
          failureProbability: 0.05,
          formats: ['native'],
          inputBytes: 0,
          outputBytes: 0,
          checkpoint: null,
        },
      ],
    },
    {
      name: 'gang',
      origin: { c: 1 },
      originNode: null,
      deadlineS: null,
      onMiss: 'count',
      priority: 0,
      retries: 0,
      arrivals: { process: 'poisson', ratePerS: 0.1, fromS: 0, untilS: 300, maxJobs: null },
      stages: [
        {
          id: 's',
          after: [],
          tasks: 5,
          cpuMilli: 1500,
          useMilli: null,
          memoryBytes: 1e9,
          gpu: 0,
          arch: ['amd64'],
          duration: { kind: 'constant', parameters: { value: 7 } },
          estimateS: null,
          failureProbability: 0,
          formats: ['native'],
          inputBytes: 0,
          outputBytes: 0,
          checkpoint: null,
        },
      ],
    },
  ],
  policies: [],
  failures: [
    { label: 'zone z3', atS: 60, forS: 30, effect: { kind: 'blackout', target: { kind: 'zone', name: 'z3' } } },
  ],
  randomFailures: [],
  triggers: [],
  replications: 1,
  replicationsUntil: null,
  expect: [],
}
const { model } = compile(scenario)
const defaults = (name: string) =>
  Object.fromEntries(Object.entries(findPolicy(name)?.options ?? {}).map(([key, option]) => [key, option.default]))
const run = (name: string, replication = 0, options = {}) => {
  const entry = findPolicy(name)
  if (entry === undefined) throw new Error(name)
  return simulate(model, entry.create({ ...defaults(name), ...options }), {
    replication,
    record: { jobs: true, decisions: true, events: true },
  })
}

test('names and aliases are unique', () => {
  const names = policies.flatMap(entry => [entry.name, ...(entry.aliases ?? [])])
  expect(new Set(names).size).toBe(names.length)
})

describe.each(policies.map(entry => entry.name))('%s', name => {
  test('documents itself and every option', () => {
    const entry = findPolicy(name)
    expect(entry?.summary.length).toBeGreaterThan(20)
    for (const option of Object.values(entry?.options ?? {})) {
      expect(option.description.length).toBeGreaterThan(5)
      expect(option.default !== undefined || option.description.includes('Absent:')).toBe(true)
    }
  })

  test('every job reaches a terminal state, and Little’s law holds', () => {
    const result = run(name)
    const { submitted, completed, failed, rejected, cancelled, unfinished } = result.total
    expect(submitted).toBeGreaterThan(200)
    expect(completed + failed + rejected + cancelled + unfinished).toBe(submitted)
    expect(unfinished).toBe(0)
    expect(Math.abs(result.systemJobS - result.sojournS) / result.sojournS).toBeLessThan(1e-9)
  })

  test('same seed, same bytes; another replication, other luck', () => {
    expect(run(name)).toEqual(run(name))
    expect(run(name, 1).samples.latency).not.toEqual(run(name).samples.latency)
  })

  test.each(['easy', 'conservative'])('with backfilling %s too, and nothing of it outlives the run', backfill => {
    const result = run(name, 0, { backfill })
    const { submitted, completed, failed, unfinished } = result.total
    expect([completed + failed, unfinished]).toEqual([submitted, 0])
    expect(run(name, 0, { backfill })).toEqual(result)
  })

  test('with nodes that are switched off and booted all jobs reach a terminal state too', () => {
    const result = run(name, 0, { switchOff: { mode: 'inertial', keepS: 3 } })
    const { submitted, completed, failed, unfinished } = result.total
    expect([completed + failed, unfinished]).toEqual([submitted, 0])
    expect(result.boots).toBeGreaterThan(0)
    for (const [c, capacityCoreS] of result.clusters.capacityCoreS.entries())
      expect(result.clusters.upCoreS[c] + result.clusters.switchedCoreS[c]).toBeLessThanOrEqual(
        capacityCoreS * (1 + 1e-12),
      )
  })

  test('policies meet the same luck: jobs are submitted at the same instants', () => {
    expect(run(name).jobs?.submitTime).toEqual(run('fcfs').jobs?.submitTime)
  })

  test('no node ever holds more than it has, and nothing is placed on a wrong architecture', () => {
    const result = run(name)
    const { decisions } = result
    if (decisions === undefined) throw new Error('no decisions')
    for (let i = 0; i < decisions.node.length; i++)
      if (model.workloads.names[decisions.workload[i]] === 'gang')
        expect(model.clusters.names[model.nodeCluster[decisions.node[i]]]).not.toBe('b')
    const { busyCoreS, upCoreS } = result.clusters
    for (let c = 0; c < busyCoreS.length; c++) expect(busyCoreS[c]).toBeLessThanOrEqual(upCoreS[c] * (1 + 1e-12))
  })
})

test('resilient keeps more deadlines than greedy-latency through the blackout, and its shadows cost energy', () => {
  const greedy = run('greedy-latency')
  const resilient = run('resilient')
  expect(resilient.shadowPlacements).toBeGreaterThan(100)
  expect(resilient.measured.deadlineMisses).toBeLessThan(greedy.measured.deadlineMisses)
  expect(resilient.clusters.energyJ.reduce((a, b) => a + b)).toBeGreaterThan(
    greedy.clusters.energyJ.reduce((a, b) => a + b),
  )
})

test('backfilling shortens the mean wait', () => {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  const waits = (name: string) => mean(run(name).samples.waitTime)
  expect(waits('easy')).toBeLessThan(waits('fcfs'))
  expect(waits('conservative')).toBeLessThan(waits('fcfs'))
})
