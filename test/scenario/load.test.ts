import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ScenarioError } from '../../runner/errors.ts'
import { loadScenario } from '../../runner/scenario/load.ts'
import { parse, problemsOf, text } from './parse.ts'

const folder = mkdtempSync(join(tmpdir(), 'fabricdt-load-'))
afterAll(() => rmSync(folder, { recursive: true }))

const write = (name: string, content: string): string => {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

describe('loadScenario', () => {
  test('fills in every default', () => {
    const { scenario } = parse({ head: 'horizon: 10m' })
    expect(scenario).toMatchObject({
      name: 'test',
      description: '',
      seed: 1,
      start: '2026-01-01T00:00:00Z',
      horizonS: 600,
      warmupS: 0,
      scaling: 100,
      replications: 30,
      failures: [],
      randomFailures: [],
      triggers: [],
      bandwidth: {},
      replicationsUntil: null,
      modes: { wasm: 1.21, emulated: 2.35 },
      expect: [],
    })
    expect(scenario.workloads).toEqual([
      {
        name: 'jobs',
        origin: { lab: 1 },
        originNode: null,
        arrivals: { process: 'poisson', ratePerS: 2, fromS: 0, untilS: null, maxJobs: null },
        deadlineS: null,
        onMiss: 'count',
        priority: 0,
        retries: 0,
        stages: [
          {
            id: 'stage-1',
            after: [],
            tasks: 1,
            cpuMilli: 2000,
            useMilli: null,
            memoryBytes: 0,
            gpu: 0,
            arch: [],
            duration: { kind: 'constant', parameters: { value: 2 } },
            estimateS: null,
            failureProbability: 0,
            formats: ['native'],
            inputBytes: 0,
            outputBytes: 0,
            checkpoint: null,
          },
        ],
      },
    ])
    // Other options have their defaults as well.
    expect(scenario.policies).toMatchObject([
      { label: 'fcfs', name: 'fcfs', options: { order: 'fcfs', blocking: true, choice: 'first-fit' } },
    ])
    expect(scenario.latencyS).toEqual({ lab: { lab: 0, cloud: 0.02 }, cloud: { lab: 0.02, cloud: 0 } })
  })

  test('reads everything that can be said', () => {
    const { scenario, warnings } = parse({
      head: 'horizon: 2h\n  warmup: 10m\n  scaling: 1:50\n  start: 2026-07-01T06:00:00+02:00',
      fabric: `fabric:
    pools:
      gaming: {gpu: 2, speed: 1.2, resiliency: 93%, power: {busy: 0.4kW}}
      own: {cpu: 3500m, memory: 512Mi, arch: arm64, startup: 400ms, power: {idle: 2W, busy: 7.3W, failed: 1W, off: 0.5}}
    clusters:
      - {name: edge, pool: own, zone: eu-1, region: NL, nodes: 12, nodePrefix: rpi, pue: 1.3, detection: 5s}
      - {name: games, pool: gaming, nodes: 1, cpu: 4}
    network: {latency: 20ms, within: 1ms, links: [{from: edge, to: games, latency: 8ms}]}`,
      workloads: `workloads:
    - name: camera
      origin: {weights: {games: 1, edge: 3}}
      arrivals: {process: poisson, rate: 30/min, from: 1m, until: 1h, maxJobs: 99}
      job:
        deadline: 10s
        retries: 2
        stages: [{id: infer, tasks: 2, cpu: 0.5, memory: 20MB, arch: [arm64, amd64], duration: {lognormal: {mean: 2s, cv: 0.5}}, estimate: 3s, failureProbability: 1%}]
    - {name: single, origin: {cluster: edge, node: rpi-03}, arrivals: {rate: 1/h}, job: {stages: [{duration: {weibull: {scale: 1m, shape: 2}}}]}}`,
      policies: 'policies: [greedy, {resilient: {shadows: 2}, label: two shadows}, {sjf: {blocking: false}}]',
      tail: `failures: [{at: 30m, for: 10m, blackout: {zone: eu-1}}, {at: 1h, blackout: {node: rpi-12}}]
  replications: {count: 7}
  expect: [latency.p95 < 8s, deadlineMisses < 1%, {metric: energy, of: edge, op: '<=', value: 40 kWh, policy: two shadows, severity: warn}]`,
    })
    expect(warnings).toEqual([])
    expect(scenario).toMatchObject({
      horizonS: 7200,
      warmupS: 600,
      scaling: 50,
      start: '2026-07-01T04:00:00Z',
      replications: 7,
    })
    expect(scenario.clusters[0]).toEqual({
      name: 'edge',
      pool: 'own',
      zone: 'eu-1',
      region: 'NL',
      nodes: 12,
      nodePrefix: 'rpi',
      cpuMilli: 3500,
      overcommit: 1,
      memoryBytes: 536_870_912,
      gpu: 0,
      arch: 'arm64',
      speed: 1,
      startupS: 0.4,
      detectionS: 5,
      pue: 1.3,
      resiliency: 1,
      formats: ['native', 'wasm'],
      power: { model: 'linear', offW: 0.5, failedW: 1, idleW: 2, busyW: 7.3, tableW: [] },
      carbon: null,
    })
    expect(scenario.clusters[1]).toMatchObject({
      zone: 'games',
      region: 'games',
      nodePrefix: 'games-node',
      cpuMilli: 4000,
      gpu: 2,
      speed: 1.2,
      resiliency: 0.93,
      power: { idleW: 28.2, busyW: 400 },
    })
    expect(scenario.latencyS).toEqual({ edge: { edge: 0.001, games: 0.008 }, games: { edge: 0.02, games: 0.001 } })
    expect(scenario.workloads[0]).toMatchObject({
      origin: { edge: 0.75, games: 0.25 },
      arrivals: { ratePerS: 0.5, fromS: 60, untilS: 3600, maxJobs: 99 },
      deadlineS: 10,
      retries: 2,
      stages: [
        {
          id: 'infer',
          tasks: 2,
          cpuMilli: 500,
          memoryBytes: 20_000_000,
          arch: ['amd64', 'arm64'],
          estimateS: 3,
          failureProbability: 0.01,
          duration: { kind: 'lognormal', parameters: { mean: 2, cv: 0.5 } },
        },
      ],
    })
    expect(Object.keys(scenario.workloads[0].origin)).toEqual(['edge', 'games'])
    expect(scenario.workloads[1]).toMatchObject({
      originNode: 'rpi-03',
      stages: [{ duration: { kind: 'weibull', parameters: { scale: 60, shape: 2 } } }],
    })
    expect(scenario.policies).toMatchObject([
      { label: 'greedy-latency', name: 'greedy-latency' },
      { label: 'two shadows', name: 'resilient', options: { shadows: 2, only: 'deadline', order: 'fcfs' } },
      { label: 'sjf', options: { blocking: false, order: 'sjf' } },
    ])
    expect(scenario.failures).toEqual([
      {
        label: 'zone eu-1',
        atS: 1800,
        forS: 600,
        effect: { kind: 'blackout', target: { kind: 'zone', name: 'eu-1' } },
      },
      {
        label: 'node rpi-12',
        atS: 3600,
        forS: null,
        effect: { kind: 'blackout', target: { kind: 'node', name: 'rpi-12' } },
      },
    ])
    expect(scenario.expect).toMatchObject([
      { text: 'latency.p95 < 8s', metric: 'latency.p95', of: null, op: '<', value: 8, policy: null, severity: 'fail' },
      { text: 'deadlineMisses < 1%', value: 0.01 },
      {
        text: 'energy(edge) <= 40 kWh',
        of: 'edge',
        op: '<=',
        value: 144_000_000,
        policy: 'two shadows',
        severity: 'warn',
      },
    ])
    expect(scenario.poolSources?.gaming).toMatch(
      /RTX 3080.*The scenario itself says gpu, speed, resiliency, power\.busy\. Cluster games has its own cpu\.$/,
    )
    expect(scenario.poolSources?.own).toBe('as the scenario says. Cluster edge has its own pue, detection.')
  })

  test('is plain JSON', () => {
    const { scenario } = parse()
    expect(JSON.parse(JSON.stringify(scenario))).toEqual(scenario)
  })

  test('resolves traces against the folder of the scenario, and lists the files', async () => {
    write('jobs.swf', '; nothing\n')
    write('latency.csv', 'from,to,latency\nlab,cloud,24\nlab,lab,2ms\n')
    const file = write(
      'traced.yaml',
      text({
        fabric: `fabric:
    clusters: [{name: lab, pool: lab, nodes: 2}, {name: cloud, pool: datacenter, nodes: 1}]
    network: {latency: {file: latency.csv, roundTrip: true}}`,
        workloads: 'workloads: [{name: replay, origin: {cluster: lab}, trace: {format: swf, file: jobs.swf}}]',
      }),
    )
    const { scenario, files, source } = await loadScenario(file)
    expect(source).toBe(
      text({
        fabric: source.slice(source.indexOf('fabric:'), source.indexOf('\n  workloads')),
        workloads: source.slice(source.indexOf('workloads:'), source.indexOf('\n  policies')),
      }),
    )
    expect(files).toEqual([
      { path: file, role: 'scenario' },
      { path: join(folder, 'latency.csv'), role: 'latency' },
      { path: join(folder, 'jobs.swf'), role: 'trace' },
    ])
    expect(scenario.workloads[0]).toMatchObject({
      arrivals: {
        process: 'trace',
        format: 'swf',
        file: join(folder, 'jobs.swf'),
        options: { processors: 'requested', memory: 'requested' },
      },
      stages: [{ cpuMilli: 1000, memoryBytes: 0, duration: null, estimateS: null }],
    })
    expect(scenario.latencyS).toEqual({ lab: { lab: 0.001, cloud: 0.012 }, cloud: { lab: 0.012, cloud: 0 } })
  })

  test('says so when there is no such file', async () => {
    const error = await loadScenario(join(folder, 'none.yaml')).catch(reason => reason)
    expect(error).toBeInstanceOf(ScenarioError)
    expect(error.diagnostics[0]).toMatchObject({ code: 'file-unreadable', line: 1, column: 1 })
  })

  test('locates values, and the nearest thing above what is not there', () => {
    const { locate } = parse()
    expect(locate(['spec', 'fabric', 'clusters', 1, 'nodes'])).toMatchObject({
      file: 'test.yaml',
      line: 9,
      column: 48,
      length: 1,
    })
    expect(locate(['spec', 'fabric', 'clusters', 1, 'zone'])).toMatchObject({ line: 9, column: 9 })
    expect(locate(['nothing', 'at', 'all'])).toMatchObject({ line: 1 })
  })

  test('keeps warnings apart from errors', () => {
    const { warnings } = parse({ tail: 'failures: [{at: 1h, blackout: {cluster: lab}}]' })
    expect(warnings).toMatchObject([{ code: 'out-of-range', severity: 'warning', line: 17 }])
  })

  test('tells a missing pool once, whatever leans on it', () => {
    const found = problemsOf(
      text({
        fabric: 'fabric: {clusters: [{name: lab, pool: nothing, nodes: 2}]}',
        tail: 'failures: [{at: 1m, blackout: {node: lab-node-02}}, {at: 1m, blackout: {zone: lab}}]',
      }),
    )
    expect(found.map(({ code }) => code)).toEqual(['unknown-reference'])
  })

  test('reads aliases, and YAML 1.2 only', () => {
    const { scenario } = parse({
      head: 'horizon: &long 10m\n  warmup: 0\n  scaling: 1:50',
      workloads: `workloads: [{name: jobs, origin: {cluster: lab}, arrivals: {rate: 2/s, until: *long}, job: {stages: [{duration: 2s}]}}]`,
    })
    expect(scenario.scaling).toBe(50)
    expect(scenario.workloads[0].arrivals).toMatchObject({ untilS: 600 })
  })

  test('names that objects inherit are names like others', () => {
    const found = problemsOf(text({ fabric: 'fabric: {clusters: [{name: lab, pool: constructor, nodes: 2}]}' }))
    expect(found).toMatchObject([{ code: 'unknown-reference', message: 'there is no pool “constructor”' }])
    const { scenario } = parse({
      fabric: 'fabric: {clusters: [{name: constructor, pool: lab, nodes: 2}]}',
      workloads:
        'workloads: [{name: valueof, origin: {weights: {constructor: 2}}, arrivals: {rate: 2/s}, job: {stages: [{duration: 2s}]}}]',
    })
    expect(scenario.workloads[0].origin).toEqual({ constructor: 1 })
  })
})

test('scenarios/first.yaml is right, and small', async () => {
  const file = resolve(new URL('../../scenarios/first.yaml', import.meta.url).pathname)
  const { scenario, warnings, source } = await loadScenario(file)
  expect(warnings).toEqual([])
  expect(scenario.policies.length).toBeGreaterThan(1)
  expect(source.split('\n').filter(line => line !== '' && !line.startsWith('#')).length).toBeLessThanOrEqual(10)
})
