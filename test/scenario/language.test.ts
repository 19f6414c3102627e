/** What jobs, arrivals, failures, nodes and replications can say, and what becomes of it. */

import { describe, expect, test } from 'vitest'
import { compile } from '../../runner/compile/compile.ts'
import { parse, type parts, problemsOf, text } from './parse.ts'

const workload = (arrivals: string, job: string) =>
  `workloads:\n    - name: jobs\n      origin: {cluster: lab}\n      arrivals: ${arrivals}\n      job: ${job}`
const jobOf = (job: string) => parse({ workloads: workload('{rate: 2/s}', job) }).scenario.workloads[0]
const arrivalsOf = (arrivals: string) =>
  parse({ workloads: workload(arrivals, '{stages: [{duration: 2s}]}') }).scenario.workloads[0].arrivals
const clusterOf = (cluster: string, pools = '{}') =>
  parse({
    fabric: `fabric:\n    pools: ${pools}\n    clusters: [{name: lab, nodes: 1, ${cluster}}]`,
    workloads: workload('{rate: 2/s}', '{stages: [{duration: 1s, formats: [native, wasm]}]}'),
  }).scenario.clusters[0]
const failuresOf = (failures: string) => parse({ tail: `failures: ${failures}` }).scenario

describe('stages', () => {
  test('have ids by their place where they say none, and come after others', () => {
    const { stages } = jobOf(
      '{stages: [{duration: 1s}, {id: b, after: [stage-1], duration: 1s}, {after: [b, stage-1, b], duration: 1s}]}',
    )
    expect(stages.map(({ id, after }) => [id, after])).toEqual([
      ['stage-1', []],
      ['b', ['stage-1']],
      ['stage-3', ['b', 'stage-1']],
    ])
  })

  test('may stand before what they come after', () => {
    const { scenario } = parse({
      workloads: workload(
        '{rate: 2/s}',
        '{stages: [{id: last, after: [first], duration: 1s}, {id: first, duration: 2s}]}',
      ),
    })
    expect(compile(scenario).model.stages.ids).toEqual(['first', 'last'])
  })

  test('a long chain and a wide join have no cycle', () => {
    const chain = Array.from(
      { length: 200 },
      (_, i) => `{id: s${i}, after: [${i === 0 ? '' : `s${i - 1}`}], duration: 1s}`,
    )
    const join = `{id: join, after: [${Array.from({ length: 200 }, (_, i) => `s${i}`).join(', ')}], duration: 1s}`
    expect(jobOf(`{stages: [${[...chain, join].join(', ')}]}`).stages).toHaveLength(201)
  })

  test('are built natively unless they say otherwise', () => {
    const { stages } = jobOf('{stages: [{duration: 1s}, {duration: 1s, formats: [wasm, native, wasm]}]}')
    expect(stages.map(({ formats }) => formats)).toEqual([['native'], ['native', 'wasm']])
  })

  test('save their work', () => {
    const { stages } = jobOf(
      '{stages: [{duration: 1m, checkpoint: {every: 10s}}, {duration: 1m, checkpoint: {every: 1m, cost: 200ms, store: remote}}]}',
    )
    expect(stages.map(({ checkpoint }) => checkpoint)).toEqual([
      { everyS: 10, costS: 0, store: 'cluster' },
      { everyS: 60, costS: 0.2, store: 'remote' },
    ])
  })

  test('of a trace are one, which may save its work', () => {
    const trace = (stages: string) =>
      `workloads: [{name: t, origin: {cluster: lab}, trace: {format: csv, file: latencies.csv}, job: {priority: 4, stages: ${stages}}}]`
    const { scenario } = parse({ workloads: trace('[{checkpoint: {every: 1s}}]') }, {}, 'test/wrong/x.yaml')
    expect(scenario.workloads[0]).toMatchObject({
      priority: 4,
      stages: [{ duration: null, checkpoint: { everyS: 1 } }],
    })
    expect(problemsOf(text({ workloads: trace('[{}, {}]') }), {}, 'test/wrong/x.yaml')).toMatchObject([
      { code: 'not-allowed' },
    ])
  })
})

test('workloads belong to tenants, which have weights and quotas', () => {
  const workload = (name: string, tenant: string) =>
    `{name: ${name}, ${tenant}origin: {cluster: lab}, arrivals: {rate: 1/s}, job: {stages: [{duration: 1s}]}}`
  const { scenario } = parse({
    workloads: `workloads: [${workload('z', 'tenant: ops, ')}, ${workload('own', '')}]`,
    tail: 'tenants: {ops: {weight: 2.5, quota: {cpu: 1500m, memory: 2Gi, gpu: 0.5}}, own: {}}',
  })
  expect(scenario.workloads.map(({ tenant }) => tenant)).toEqual(['ops', undefined])
  expect(scenario.tenants).toEqual([
    { name: 'ops', weight: 2.5, quota: { cpuMilli: 1500, memoryBytes: 2 * 1024 ** 3, gpu: 0.5 } },
    { name: 'own', weight: 1, quota: { cpuMilli: null, memoryBytes: null, gpu: null } },
  ])
  const { model } = compile(scenario)
  expect(model.tenants).toMatchObject({ names: ['ops', 'own'], weight: Float64Array.of(2.5, 1) })
  expect(model.tenants).toMatchObject({
    // Workloads by name: own, z.
    ofWorkload: Int32Array.of(1, 0),
    cpuMilli: Float64Array.of(1500, Infinity),
    gpuMilli: Float64Array.of(500, Infinity),
  })
})

test('jobs have priorities, and may be cancelled', () => {
  expect(jobOf('{deadline: 5s, onMiss: cancel, priority: -3, stages: [{duration: 1s}]}')).toMatchObject({
    deadlineS: 5,
    onMiss: 'cancel',
    priority: -3,
  })
})

describe('arrivals', () => {
  const window = { fromS: 0, untilS: null, maxJobs: null }

  test('at fixed intervals are a renewal process', () => {
    const expected = { process: 'renewal', interval: { kind: 'constant', parameters: { value: 3 } }, ...window }
    expect(arrivalsOf('{process: deterministic, interval: 3s}')).toEqual(expected)
    expect(arrivalsOf('{process: deterministic, interval: {constant: {value: 3s}}}')).toEqual(expected)
    expect(arrivalsOf('{process: renewal, interval: 3s}')).toEqual(expected)
  })

  test('at drawn intervals', () => {
    expect(arrivalsOf('{process: renewal, interval: {gamma: {mean: 1m, cv: 2}}, from: 5s, maxJobs: 9}')).toEqual({
      process: 'renewal',
      interval: { kind: 'gamma', parameters: { mean: 60, cv: 2 } },
      fromS: 5,
      untilS: null,
      maxJobs: 9,
    })
  })

  test('over the day', () => {
    const diurnal = { process: 'diurnal', ratePerS: 2, amplitude: 0.5, periodS: 86_400, peakS: 50_400, ...window }
    expect(arrivalsOf('{process: diurnal, rate: 2/s}')).toEqual(diurnal)
    expect(arrivalsOf('{process: diurnal, rate: 2/s, amplitude: 80%, period: 7d, peak: 30h}')).toEqual({
      ...diurnal,
      amplitude: 0.8,
      periodS: 604_800,
      peakS: 108_000,
    })
  })
})

describe('random failures', () => {
  const exponential = (mean: number) => ({ kind: 'exponential', parameters: { mean } })

  test('a plain time is the mean of an exponential one', () => {
    expect(failuresOf('[{mtbf: 6h, mttr: 15m}]').randomFailures).toEqual([
      {
        label: 'random nodes',
        of: 'nodes',
        within: null,
        up: exponential(21_600),
        down: exponential(900),
        weightedBy: null,
        slow: null,
      },
    ])
  })

  test('of clusters and zones, in a part, weighted', () => {
    const { randomFailures } = failuresOf(
      '[{mtbf: {weibull: {scale: 1h, shape: 0.7}}, mttr: {constant: {value: 1m}}, of: zones, in: {pool: lab}, weightedBy: resiliency}]',
    )
    expect(randomFailures).toEqual([
      {
        label: 'random zones of pool lab',
        of: 'zones',
        within: { kind: 'pool', name: 'lab' },
        up: { kind: 'weibull', parameters: { scale: 3600, shape: 0.7 } },
        down: { kind: 'constant', parameters: { value: 60 } },
        weightedBy: 'resiliency',
        slow: null,
      },
    ])
  })

  test('stand beside those at a time, each in its list', () => {
    const { failures, randomFailures } = failuresOf(
      '[{mtbf: 6h, mttr: 15m}, {at: 1m, blackout: {zone: lab}}, {mtbf: 9h, mttr: 15m, of: clusters}, {at: 2m, blackout: {zone: lab}}]',
    )
    expect(failures.map(({ atS }) => atS)).toEqual([60, 120])
    expect(randomFailures.map(({ up }) => up.parameters.mean)).toEqual([21_600, 32_400])
  })

  test('what can never fail is told', () => {
    const { warnings } = parse({
      fabric: 'fabric: {clusters: [{name: lab, pool: lab, nodes: 2, resiliency: 1}]}',
      tail: 'failures: [{mtbf: 6h, mttr: 15m, weightedBy: resiliency}]',
    })
    expect(warnings).toMatchObject([
      { severity: 'warning', message: 'all of these have the resiliency 1: nothing fails' },
    ])
  })
})

describe('nodes', () => {
  test('have formats, in one order', () => {
    expect(clusterOf('pool: lab').formats).toEqual(['native', 'wasm'])
    expect(clusterOf('pool: p', '{p: {extends: lab, formats: [emulated, native]}}').formats).toEqual([
      'native',
      'emulated',
    ])
    expect(clusterOf('pool: p, formats: [wasm]', '{p: {extends: lab, formats: [emulated]}}').formats).toEqual(['wasm'])
  })

  test('draw what a table says', () => {
    const pools = '{p: {extends: lab, power: {model: interpolated, watts: [10W, 14, 0.02kW], off: 1W}}}'
    const power = { model: 'interpolated', offW: 1, failedW: 0, idleW: 10, busyW: 20, tableW: [10, 14, 20] }
    expect(clusterOf('pool: p', pools).power).toEqual(power)
    expect(clusterOf('pool: p, power: {watts: [1W, 2W]}', pools).power).toEqual({
      ...power,
      idleW: 1,
      busyW: 2,
      tableW: [1, 2],
    })
  })

  test('a cluster may take another curve through the ends of its pool’s table', () => {
    const pools = '{p: {extends: lab, power: {model: interpolated, watts: [10W, 14, 20W]}}}'
    expect(clusterOf('pool: p, power: {model: square}', pools).power).toMatchObject({
      model: 'square',
      idleW: 10,
      busyW: 20,
      tableW: [],
    })
    expect(clusterOf('pool: p, power: {model: linear, busy: 30W}', pools).power).toMatchObject({ idleW: 10, busyW: 30 })
  })

  test('a pool of its own may say watts instead of idle and busy', () => {
    const pools = '{p: {cpu: 1, memory: 1Gi, power: {model: interpolated, watts: [10W, 20W]}}}'
    expect(clusterOf('pool: p', pools).power.tableW).toEqual([10, 20])
  })
})

describe('modes', () => {
  test('have factors', () => {
    expect(parse({ head: 'horizon: 1m\n  modes: {emulated: 5}' }).scenario.modes).toEqual({ wasm: 1.21, emulated: 5 })
  })

  const demand = (stage: string, formats: string) =>
    problemsOf(
      text({
        fabric: `fabric: {clusters: [{name: lab, pool: lab, nodes: 2, formats: ${formats}}]}`,
        workloads: workload('{rate: 2/s}', `{stages: [{duration: 1s, ${stage}}]}`),
      }),
    ).map(({ code }) => code)

  test.each<[string, string, string[]]>([
    ['arch: [arm64]', '[native, wasm]', ['impossible-demand']],
    ['arch: [arm64]', '[native, emulated]', []],
    ['arch: [arm64], formats: [native, wasm]', '[native, wasm]', []],
    ['arch: [arm64], formats: [wasm]', '[native, emulated]', ['impossible-demand']],
    ['arch: [amd64]', '[wasm]', ['impossible-demand']],
    ['arch: [amd64]', '[emulated]', []],
    ['formats: [wasm]', '[wasm]', []],
  ])('%s on %s', (stage, formats, codes) => expect(demand(stage, formats)).toEqual(codes))
})

describe('replications', () => {
  const of = (replications: string) => {
    const { scenario } = parse({ tail: `replications: ${replications}` })
    return [scenario.replications, scenario.replicationsUntil]
  }

  test('are so many', () => {
    expect(of('7')).toEqual([7, null])
    expect(of('{count: 7}')).toEqual([7, null])
    expect(of('{}')).toEqual([30, null])
  })

  test('or until a metric is precise', () => {
    const until = { metric: 'latency.p95', halfWidth: 0.05, max: 200, batch: 10 }
    expect(of('{until: {metric: latency.p95, halfWidth: 5%}}')).toEqual([10, until])
    expect(of('{until: {metric: latency.p95, halfWidth: 0.05}, max: 50, batch: 4, count: 20}')).toEqual([
      20,
      { ...until, max: 50, batch: 4 },
    ])
  })

  test('--replications is a number of them, whatever the file says', () => {
    const tail = 'replications: {until: {metric: latency.p95, halfWidth: 5%}}'
    expect(parse({ tail }, { replications: 4 }).scenario).toMatchObject({ replications: 4, replicationsUntil: null })
  })
})

test('one slip is told once', () => {
  const codes = (part: Partial<typeof parts>) => problemsOf(text(part)).map(({ code }) => code)
  expect(codes({ workloads: workload('{rte: 2/s}', '{stages: [{duration: 1s}]}') })).toEqual(['unknown-field'])
  expect(codes({ tail: 'failures: [{at: 1m, blakout: {zone: lab}}]' })).toEqual(['unknown-field'])
  expect(codes({ tail: 'failures: [{at: 1m, slow: {zone: lab}}]' })).toEqual(['missing-field'])
  expect(codes({ tail: 'failures: [{at: 1m, link: {betwen: [lab, cloud]}}]' })).toEqual(['unknown-field'])
  expect(codes({ tail: 'failures: [{wen: utilisation > 0.9, blackout: {zone: lab}}]' })).toEqual(['unknown-field'])
  expect(codes({ tail: 'failures: [{when: utilisation > 0.9, blackuot: {zone: lab}}]' })).toEqual(['unknown-field'])
})
