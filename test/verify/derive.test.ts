import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findPolicy, type RunResult, simulate } from '../../engine/index.ts'
import type { Scenario } from '../../runner/scenario/scenario.ts'
import { deriveExecuted } from '../../runner/verify/derive.ts'
import { parse, problemsOf, text } from '../scenario/parse.ts'
import { modelOf } from './worlds.ts'

const scenario = (execute: string, tail = ''): Scenario =>
  parse({
    head: 'horizon: 2h\n  warmup: 10m',
    fabric: `fabric:
    carbon: {lab: 100}
    clusters:
      - {name: lab, pool: lab, nodes: 10}
      - {name: cloud, pool: datacenter, nodes: 3}
    network: {latency: 20ms}`,
    workloads: `workloads:
    - name: jobs
      origin: {cluster: lab}
      arrivals: {rate: 2/s, until: 1h}
      job: {deadline: 60s, stages: [{cpu: 2, duration: {lognormal: {mean: 20s, cv: 0.5}}}]}`,
    tail: `failures: [{at: 25m, for: 10m, blackout: {cluster: lab}}, {at: 5m, for: 1m, blackout: {cluster: cloud}}]
  ${execute}${tail}`,
  }).scenario

const run = (of: Scenario): RunResult =>
  simulate(modelOf(of), findPolicy('fcfs')?.create({}) ?? expect.fail(), { replication: 0, record: { jobs: true } })

test('without anything to derive, the scenario itself is executed', () => {
  const whole = scenario('execute: {provider: kubelet, tolerance: {energy: 30%}}')
  const { scenario: same, execute, sentences } = deriveExecuted(whole)
  expect(same).toBe(whole)
  expect(sentences).toEqual([])
  expect(execute).toMatchObject({ provider: 'kubelet', sample: 1, fromS: 0, forS: null, speedup: 1 })
  expect(execute.tolerance).toEqual({
    latency: 0.1,
    energy: 0.3,
    emissions: 0.3,
    cpu: 0.1,
    placement: 0.1,
    recovery: 0.25,
  })
})

test('a scenario that says nothing of it is executed on kwok, and its hash has nothing more to cover', () => {
  const plain = parse().scenario
  expect('execute' in plain).toBe(false)
  expect(deriveExecuted(plain).execute.provider).toBe('kwok')
})

test('a Prometheus is an address, or more; an application has the usual names where others are not said', () => {
  const of = (said: string) => deriveExecuted(scenario(`execute: {prometheus: ${said}}`)).scenario.execute?.prometheus
  expect(of('http://127.0.0.1:9090')).toEqual({ url: 'http://127.0.0.1:9090', application: null })
  const usual = {
    latency: 'http_request_duration_seconds',
    requests: 'http_requests_total',
    errors: 'code=~"5.."',
    selector: '',
  }
  expect(of('{application: {}}')).toEqual({ url: null, application: usual })
  expect(of(`{application: {selector: 'job="shop"', latency: rpc_ms}}`)?.application).toEqual({
    ...{ ...usual, latency: 'rpc_ms', selector: 'job="shop"' },
  })
  expect(() => of('ftp://x')).toThrow()
  expect(() => of('{application: {latency: "a b"}}')).toThrow()
  expect(deriveExecuted(scenario('execute: {sample: 50%}')).execute).not.toHaveProperty('prometheus')
})

describe('a window', () => {
  const { scenario: part, sentences } = deriveExecuted(scenario('execute: {window: {from: 20m, for: 8m}}'))

  test('has its arrivals, what fails in it, and no horizon', () => {
    expect(part).toMatchObject({ start: '2026-01-01T00:20:00Z', horizonS: null, warmupS: 0 })
    expect(part.workloads[0].arrivals).toMatchObject({ fromS: 0, untilS: 480, ratePerS: 2 })
    expect(part.failures).toMatchObject([{ atS: 300, forS: 600, effect: { target: { name: 'lab' } } }])
    expect(sentences).toEqual(['Of the scenario’s time, what arrives from 1200 s to 1680 s is run.'])
  })

  test('finishes what arrived', () => {
    const { total, endS } = run(part)
    expect(total.unfinished).toBe(0)
    expect(total.submitted / 960).toBeCloseTo(1, 1)
    expect(endS).toBeGreaterThan(480)
  })

  test('that begins within a failure has what is left of it', () => {
    const late = deriveExecuted(scenario('execute: {window: {from: 30m, for: 8m}}')).scenario
    expect(late.failures).toMatchObject([{ atS: 0, forS: 300 }])
  })
})

test('a sample has fewer jobs and fewer nodes, so about the same load', () => {
  const { scenario: part, sentences } = deriveExecuted(scenario('execute: {sample: 20%}'))
  expect(part.clusters.map(({ nodes }) => nodes)).toEqual([2, 1])
  expect(part.workloads[0].arrivals).toMatchObject({ ratePerS: 0.4 })
  expect(sentences).toEqual(['20 % of the jobs are run, on nodes in proportion: lab 2 of 10, cloud 1 of 3.'])
})

test('a sample has room for every gang, and failures hit nodes that are there', () => {
  const whole = parse({
    workloads: `workloads:
    - name: gangs
      origin: {cluster: lab}
      arrivals: {rate: 1/s, maxJobs: 100}
      job: {stages: [{cpu: 3, tasks: 12, duration: 2s}]}`,
    fabric:
      'fabric: {clusters: [{name: lab, pool: lab, nodes: 20}, {name: other, pool: lab, nodes: 8}], network: {latency: 1ms}}',
    tail: 'failures: [{at: 5s, blackout: {node: lab-node-17}}, {at: 9s, for: 1s, slow: {node: other-node-02, factor: 0.5}}]\n  execute: {sample: 10%}',
  }).scenario
  const part = deriveExecuted(whole).scenario
  expect(part.clusters.map(({ nodes }) => nodes)).toEqual([6, 1])
  expect(part.failures.map(({ effect }) => effect)).toMatchObject([
    { target: { name: 'lab-node-05' } },
    { target: { name: 'other-node-01' } },
  ])
  expect(modelOf(part).effects.nodes).toEqual(Int32Array.of(4, 6))
  expect(part.workloads[0].arrivals).toMatchObject({ maxJobs: 10 })
})

test('hastened, the same luck is met so many times faster', () => {
  const whole = scenario('execute: {speedup: 10}')
  for (const cluster of whole.clusters) Object.assign(cluster, { startupS: 0, detectionS: 0 })
  whole.latencyS = Object.fromEntries(['lab', 'cloud'].map(a => [a, { lab: 0, cloud: 0 }]))
  const { scenario: faster, sentences } = deriveExecuted(whole)
  const [slow, quick] = [run(whole), run(faster)]
  expect(quick.endS).toBeCloseTo(slow.endS / 10, 9)
  expect(quick.samples.latency.length).toBe(slow.samples.latency.length)
  for (const [i, latencyS] of slow.samples.latency.entries())
    expect(quick.samples.latency[i]).toBeCloseTo(latencyS / 10, 6)
  expect(quick.total).toEqual(slow.total)
  expect(sentences[0]).toContain('10 times faster')
})

test('of a trace: a window, every so manieth job, hastened', () => {
  const replay = parse(
    {
      workloads: `workloads:
    - name: trace
      origin: {cluster: lab}
      trace: {format: swf, file: traces/tiny.swf, options: {memory: ignore}}
      job: {stages: [{memory: 1Mi}]}`,
      fabric: 'fabric: {clusters: [{name: lab, pool: datacenter, nodes: 200}]}',
      head: 'horizon: 100d',
      tail: 'execute: {window: {from: 100s, for: 1000s}, sample: 40%, speedup: 100}',
    },
    {},
    join(import.meta.dirname, '../../scenarios/test.yaml'),
  ).scenario
  const { traces: whole } = modelOf({ ...replay, execute: { ...(replay.execute ?? expect.fail()), sample: 1 } })
  const { traces: part } = modelOf(deriveExecuted(replay).scenario)
  const within = [...whole.submitS].filter(submitS => submitS >= 100 && submitS < 1100)
  expect(part.count).toBe(Math.floor(within.length * 0.4))
  expect(part.count).toBeGreaterThan(2)
  // Of five jobs the third and the fifth are kept.
  expect(part.submitS[0]).toBeCloseTo((within[2] - 100) / 100, 9)
  expect(part.submitS[1]).toBeCloseTo((within[4] - 100) / 100, 9)
})

test.each([
  ['{provider: k8s}', 'not-allowed'],
  ['{window: {from: 1m}}', 'missing-field'],
  ['{sample: 0}', 'out-of-range'],
  ['{tolerance: {latancy: 1%}}', 'unknown-field'],
  ['{speedup: 0.5}', 'out-of-range'],
  ['{window: {from: 10m, for: 1m}}', 'out-of-range'],
])('execute: %s is told', (execute, code) => {
  expect(problemsOf(text({ tail: `execute: ${execute}` })).map(problem => problem.code)).toEqual([code])
})

test('bursts and users are fewer in a sample, and quicker when hastened', () => {
  const whole = parse({
    workloads: `workloads:
    - name: bursts
      origin: {cluster: lab}
      arrivals: {process: mmpp, states: [{rate: 2/s, stay: 10s}, {stay: 1m}], maxJobs: 100}
      job: {stages: [{cpu: 1, duration: 2s}]}
    - name: users
      origin: {cluster: lab}
      arrivals: {process: closed, users: 20, think: {exponential: {mean: 10s}}, maxJobs: 100}
      job: {stages: [{cpu: 1, duration: 2s}]}`,
    tail: 'execute: {sample: 50%, speedup: 10}',
  }).scenario
  const { workloads } = deriveExecuted(whole).scenario
  expect(workloads.map(({ arrivals }) => arrivals)).toMatchObject([
    {
      states: [
        { ratePerS: 10, stayS: 1 },
        { ratePerS: 0, stayS: 6 },
      ],
      maxJobs: 50,
    },
    { users: 10, think: { kind: 'exponential', parameters: { mean: 1 } }, maxJobs: 50 },
  ])
})
