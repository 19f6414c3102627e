/** The executor against clusters in memory: what it asks of them, and what comes of what they say. */
import { describe, expect, it } from 'vitest'
import { simulate } from '../../engine/index.ts'
import { findPolicy } from '../../engine/policies/index.ts'
import { compile } from '../../runner/compile/compile.ts'
import { executePolicy } from '../../runner/execute/execute-policy.ts'
import { jobRenderer } from '../../runner/execute/manifests.ts'
import { parseScenario } from '../../runner/scenario/load.ts'
import { FakeClock, FakeSite, type Faults, fakeInjector } from './fake-world.ts'

const scenarioOf = ({ jobs = '', failures = '[]', policy = 'greedy-latency', horizon = '' } = {}) =>
  parseScenario(
    `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: { name: tiny }
spec:
  ${horizon}
  scaling: 100
  fabric:
    pools: { small: { cpu: 2, memory: 4Gi, detection: 4s, startup: 500ms, power: { idle: 10W, busy: 50W } } }
    clusters:
      - { name: east, pool: small, zone: z1, nodes: 2 }
      - { name: west, pool: small, zone: z2, nodes: 2 }
    network: { latency: 20ms }
  workloads:
    - name: work
      origin: { cluster: east }
      ${jobs || 'arrivals: { process: poisson, rate: 1/s, maxJobs: 20 }\n      job: { deadline: 60s, stages: [{ id: run, cpu: 1, duration: { exponential: { mean: 2s } } }] }'}
  policies: [${policy}]
  failures: ${failures}
`,
    'tiny.yaml',
  ).scenario

async function execute(
  scenario: ReturnType<typeof scenarioOf>,
  faults: Faults = {},
  meanwhile?: (world: World) => void,
  cuts: 'modelled' | 'asked' | 'dumb' = 'modelled',
) {
  const { model } = compile(scenario)
  const clock = new FakeClock()
  const sites = model.clusters.names.map((_, cluster) => new FakeSite(model, cluster, clock, faults))
  const injected: string[] = []
  const render = await jobRenderer({
    ...{ scenario, model, namespace: 'n', labels: {}, image: 'i' },
    runtimeClasses: () => new Set(),
    nodeNameOn: (_, name) => name,
  })
  const [policy] = scenario.policies
  meanwhile?.({ clock, sites })
  const executed = await executePolicy({
    ...{ model, policy, replication: 0, sites, render, clock, stallS: 30, signal: new AbortController().signal },
    injector: fakeInjector(model, sites, injected, cuts),
  })
  const predicted = simulate(model, findPolicy(policy.name)!.create(policy.options), {
    ...{ replication: 0, record: { jobs: true, decisions: true } },
  })
  return { model, executed, predicted, sites, injected, calls: sites.flatMap(({ calls }) => calls) }
}

/** More than one cluster has room for. */
const crowd =
  'arrivals: { process: poisson, rate: 3/s, maxJobs: 60 }\n      job: { stages: [{ id: run, cpu: 1, duration: { exponential: { mean: 2s } } }] }'

interface World {
  clock: FakeClock
  sites: FakeSite[]
}

const near = (actual: Float64Array, expected: Float64Array): void => {
  expect(actual.length).toBe(expected.length)
  for (const [i, value] of actual.entries()) {
    if (Number.isNaN(expected[i])) expect(value).toBeNaN()
    else expect(Math.abs(value - expected[i])).toBeLessThan(0.02)
  }
}

describe('on clusters that do as the model says', () => {
  it('jobs fare as predicted, to the milliseconds that annotations hold', async () => {
    const { executed, predicted } = await execute(scenarioOf())
    expect(executed.problems).toEqual([])
    expect(executed.result.total).toEqual(predicted.total)
    near(executed.result.jobs!.latency, predicted.jobs!.latency)
    expect(executed.result.decisions!.node).toEqual(predicted.decisions!.node)
  })

  it('a blackout is brought about, detected and survived as predicted', async () => {
    const failures = '[{ at: 5s, for: 10s, blackout: { zone: z1 } }]'
    const { executed, predicted, injected } = await execute(scenarioOf({ failures }))
    expect(injected).toEqual(['dark east east-node-01,east-node-02', 'light east east-node-01,east-node-02'])
    expect(executed.failures).toEqual([
      { label: 'zone z1', cluster: 'east', plannedS: 5, injectedS: 5, detectedS: 9, recoveredS: 15, means: 'a switch' },
    ])
    expect(executed.result.lostAttempts).toBe(predicted.lostAttempts)
    expect(executed.result.total).toEqual(predicted.total)
    near(executed.result.jobs!.latency, predicted.jobs!.latency)
  })

  it('one that nobody notices has cost what ran all the same', async () => {
    const failures = '[{ at: 5s, for: 2s, blackout: { zone: z1 } }]'
    const { executed, predicted } = await execute(scenarioOf({ failures }))
    expect(executed.failures).toMatchObject([{ injectedS: 5, detectedS: null, recoveredS: 7 }])
    expect(executed.result.lostAttempts).toBe(predicted.lostAttempts)
    near(executed.result.jobs!.latency, predicted.jobs!.latency)
  })

  it('a node that two failures hold stays dark until both are over', async () => {
    const failures =
      '[{ at: 5s, for: 10s, blackout: { node: east-node-01 } }, { at: 8s, for: 20s, blackout: { zone: z1 } }]'
    const { executed, injected } = await execute(scenarioOf({ failures, horizon: 'horizon: 40s' }))
    expect(injected).toEqual([
      ...['dark east east-node-01', 'dark east east-node-02', 'light east east-node-01', 'dark east east-node-01'],
      ...['light east east-node-01', 'light east east-node-02'],
    ])
    expect(executed.failures.map(({ recoveredS }) => recoveredS)).toEqual([15, 28])
  })

  it.each(['modelled', 'dumb'] as const)('a partition that is %s is survived to the second', async cuts => {
    const failures = '[{ at: 5s, for: 10s, partition: { from: east, to: west } }]'
    const { executed, predicted } = await execute(scenarioOf({ failures, jobs: crowd }), {}, undefined, cuts)
    const times = cuts === 'modelled' ? { detectedS: null, means: 'modelled' } : { detectedS: 9, means: 'scissors' }
    expect(executed.failures).toMatchObject([
      { cluster: 'east', other: 'west', injectedS: 5, recoveredS: 15, ...times },
      { cluster: 'west', other: 'east', injectedS: 5, recoveredS: 15, ...times },
    ])
    expect(executed.result.total).toEqual(predicted.total)
    near(executed.result.jobs!.latency, predicted.jobs!.latency)
  })

  it('one that can be asked about is known when nobody has answered for long enough, and over with the first answer', async () => {
    const failures = '[{ at: 5s, for: 9800ms, partition: { from: east, to: west } }]'
    const { executed, predicted } = await execute(scenarioOf({ failures, jobs: crowd }), {}, undefined, 'asked')
    expect(executed.failures).toMatchObject(
      Array(2).fill({ injectedS: 5, detectedS: 9, recoveredS: 15, means: 'scissors' }),
    )
    expect(executed.result.total).toEqual(predicted.total)
    const late = [...executed.result.jobs!.latency].map((latency, job) => latency - predicted.jobs!.latency[job])
    expect(Math.max(...late)).toBeGreaterThan(0.15)
    for (const seconds of late) expect(seconds).toBeLessThan(1)
  })

  it('one that two failures bring about lasts until both are over; what nobody notices is over at once', async () => {
    const failures =
      '[{ at: 5s, for: 10s, partition: { from: east, to: west } }, { at: 10s, for: 10s, link: { from: east, to: west } }, { at: 30s, for: 2s, link: { from: east, to: west } }]'
    const { executed } = await execute(scenarioOf({ failures, horizon: 'horizon: 40s' }), {}, undefined, 'asked')
    expect(executed.failures.map(({ detectedS, recoveredS }) => [detectedS, recoveredS])).toEqual([
      [9, 20.5],
      [9, 15.5],
      [10, 20.5],
      [null, 32],
    ])
  })

  it('what runs when it ends is taken away with what was brought about', async () => {
    const failures = '[{ at: 5s, blackout: { zone: z1 } }]'
    const { injected } = await execute(scenarioOf({ failures, horizon: 'horizon: 12s' }))
    expect(injected.at(-1)).toBe('light east east-node-01,east-node-02')
  })

  it('gangs are one Job a node, and begin when all of them run', async () => {
    const jobs = `arrivals: { process: deterministic, interval: 10s, maxJobs: 1 }
      job: { stages: [{ id: mpi, tasks: 3, cpu: 1, duration: 3s }] }`
    const { executed, calls } = await execute(scenarioOf({ jobs }))
    expect(calls.map(call => call.split(' ')[2])).toEqual(['work-0-mpi-0', 'work-0-mpi-0-n1'])
    expect(executed.result.total.completed).toBe(1)
    expect(executed.result.jobs!.runTime[0]).toBeCloseTo(3, 6)
  })

  it('of hot shadows the first to finish wins, the other is withdrawn', async () => {
    const jobs = `arrivals: { process: deterministic, interval: 5s, maxJobs: 1 }
      job: { deadline: 20s, stages: [{ id: run, cpu: 1, duration: 3s }] }`
    const slowerBy = (job: string): number => (job.endsWith('-0') ? 5 : 0)
    const { executed, calls } = await execute(scenarioOf({ jobs, policy: 'resilient' }), { slowerBy })
    expect(executed.result.total.completed).toBe(1)
    expect(calls.filter(call => call.includes('withdraw')).map(call => call.split(' ')[2])).toEqual(['work-0-run-0'])
  })

  it('faults use up retries', async () => {
    const jobs = `arrivals: { process: deterministic, interval: 5s, maxJobs: 8 }
      job: { retries: 2, stages: [{ id: run, cpu: 1, duration: 3s, failureProbability: 60% }] }`
    const { executed, predicted } = await execute(scenarioOf({ jobs }))
    expect(predicted.total.failed).toBeGreaterThan(0)
    expect(executed.result.total).toEqual(predicted.total)
    expect([...executed.result.jobs!.attempts]).toEqual([...predicted.jobs!.attempts])
  })

  it('late jobs are cancelled where the scenario says so', async () => {
    const jobs = `arrivals: { process: deterministic, interval: 5s, maxJobs: 1 }
      job: { deadline: 4s, onMiss: cancel, stages: [{ id: run, cpu: 1, duration: 30s }] }`
    const { executed, calls, sites } = await execute(scenarioOf({ jobs }))
    expect(executed.result.total.cancelled).toBe(1)
    expect(calls.map(call => call.split(' ')[1])).toEqual(['apply', 'withdraw'])
    expect(sites.flatMap(({ jobs }) => [...jobs.keys()])).toEqual([])
  })
})

describe('on clusters that do not', () => {
  const once = `arrivals: { process: deterministic, interval: 1s, maxJobs: 1 }
      job: { stages: [{ id: run, cpu: 1, duration: 3s }] }`

  it('a Job that is refused is placed anew, and it is said', async () => {
    const refuses = (job: string): boolean => job === 'work-0-run-0'
    const { executed } = await execute(scenarioOf({ jobs: once }), { refuses })
    expect(executed.result.total.completed).toBe(1)
    expect([...executed.result.jobs!.attempts]).toEqual([2])
    expect(executed.problems).toEqual([{ what: 'all', why: 'work-0-run-0 was refused' }])
  })

  it('a pod that somebody deletes is made anew, which uses up no retry', async () => {
    const { executed } = await execute(scenarioOf({ jobs: once }), {}, ({ clock, sites }) =>
      clock.at(3, () => sites[0].remove([...sites[0].pods.values()][0])),
    )
    expect(executed.result.total.completed).toBe(1)
    expect([...executed.result.jobs!.attempts]).toEqual([2])
  })

  it('a cluster that falls silent is left for others, and taken up again', async () => {
    const { executed } = await execute(scenarioOf(), {}, ({ clock, sites }) => {
      clock.at(4, () => sites[0].heard(false))
      clock.at(9, () => sites[0].heard(true))
    })
    expect(executed.result.total.completed).toBe(20)
    expect(executed.problems).toEqual([
      { what: 'all', why: 'east at 4.0 s: it fell silent' },
      { what: 'all', why: 'east at 9.0 s: heard of again' },
    ])
    const { time, node } = executed.result.decisions!
    const east = [...time].filter((_, i) => node[i] < 2)
    expect(east.some(at => at >= 4 && at < 9)).toBe(false)
    expect(east.some(at => at >= 9)).toBe(true)
  })

  it('a run that does not get on is ended, and it is said', async () => {
    const { executed } = await execute(scenarioOf({ jobs: once }), { slowerBy: () => 1e6 })
    expect(executed.result.total.unfinished).toBe(1)
    expect(executed.problems[0].why).toContain('nothing happened for 30 s with 1 jobs left')
  })
})
