/** A file may be wrong in any way: what comes of it is a Scenario or a ScenarioError, and it comes soon. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, visit } from 'yaml'
import { compile } from '../../runner/compile/compile.ts'
import { ScenarioError } from '../../runner/errors.ts'
import { parsePoints } from '../../runner/scenario/load-points.ts'
import { renderDiagnostics } from '../../runner/scenario/render-diagnostics.ts'

const valid = `apiVersion: fabricdt.io/v1alpha1
kind: Scenario
metadata: {name: all, description: Everything at once, labels: {a: b}}
spec:
  seed: 42
  start: 2026-01-01T00:00:00Z
  horizon: 2h
  warmup: 10m
  scaling: 1:100
  modes: {wasm: 1.5, emulated: 8}
  fabric:
    carbon: {r: {trace: carbon.csv, column: marginal}, z: 300}
    pools:
      own: {cpu: 4, overcommit: 1.5, memory: 8Gi, gpu: 1, arch: arm64, speed: 0.5, startup: 1s, power: {model: linear, off: 0, failed: 0, idle: 5W, busy: 20W}, resiliency: 0.9, pue: 1.1, detection: 10s}
      edge: {extends: edge, cpu: 8, formats: [native, wasm, emulated], power: {model: interpolated, watts: [50W, 90, 140W]}}
    clusters:
      - {name: a, pool: own, nodes: 3, zone: z, region: r}
      - {name: b, pool: edge, nodes: 2, nodePrefix: bee, zone: z, carbon: 120}
      - {name: c, pool: own, nodes: 2, overcommit: 2, region: r, power: {busy: 99W, model: cubic}, carbon: {trace: carbon.csv}}
    network:
      latency: 20ms
      within: 1ms
      bandwidth: 1Gbps
      links: [{between: [a, b], latency: 5ms, bandwidth: 10MB/s}, {from: b, to: a, latency: 6ms}, {between: [r, b], bandwidth: 100Mbps}]
  workloads:
    - name: w
      origin: {weights: {a: 1, b: 2}}
      arrivals: {process: poisson, rate: 5/s, from: 1m, until: 1h, maxJobs: 100}
      job:
        deadline: 10s
        onMiss: cancel
        priority: 2
        retries: 1
        stages:
          - {id: s, tasks: 2, cpu: 500m, use: 700m, memory: 1Gi, gpu: 0.25, input: 20MB, output: 2Mi, duration: {lognormal: {mean: 2s, cv: 0.5}}, estimate: 2s, arch: [amd64, arm64], failureProbability: 0.1}
          - {id: u, after: [s], duration: 3s, formats: [wasm, native], checkpoint: {every: 1s, cost: 10ms, store: remote}}
          - {after: [s], duration: 1s}
          - {id: sink, after: [u, stage-3], duration: 1s, checkpoint: {every: 500ms}}
    - {name: v, origin: {cluster: a, node: a-node-01}, arrivals: {rate: 1/min}, job: {stages: [{duration: 3s}]}}
    - {name: d, origin: {cluster: a}, arrivals: {process: diurnal, rate: 2/s, amplitude: 80%, period: 12h, peak: 3h}, job: {stages: [{duration: 3s}]}}
    - {name: f, origin: {cluster: a}, arrivals: {process: deterministic, interval: 5s}, job: {stages: [{duration: 3s}]}}
    - {name: n, origin: {cluster: a}, arrivals: {process: renewal, interval: {gamma: {mean: 3s, cv: 2}}}, job: {stages: [{duration: 3s}]}}
    - {name: t, origin: {cluster: b}, trace: {format: csv, file: latencies.csv, options: {columns: {submitTime: from, runTime: to}, limit: 10}}}
  policies: [fcfs, {resilient: {shadows: 2}, label: two}, greedy]
  failures:
    - {at: 30m, for: 10m, blackout: {zone: z}}
    - {at: 40m, blackout: {node: bee-01}}
    - {mtbf: 6h, mttr: {uniform: {min: 1m, max: 9m}}, of: clusters, in: {pool: edge}, weightedBy: resiliency}
    - {mtbf: 6h, mttr: 1m, of: links, in: {zone: z}}
    - {mtbf: 6h, mttr: 1m, slow: {factor: 0.3}}
    - {at: 10m, for: 1m, link: {between: [a, b]}}
    - {at: 11m, for: 1m, partition: {from: z, to: [c, r]}}
    - {at: 12m, partition: {from: [a, c]}}
    - {at: 13m, for: 1m, inflation: {from: r, to: b, factor: 3, add: 50ms}}
    - {at: 14m, for: 1m, slow: {cluster: a, factor: 0.5}}
    - {when: utilisation(a) > 90% for 2m, for: 5m, rearm: 10m, of: nodes, in: {pool: own}, weightedBy: resiliency, count: 2, slow: {factor: 0.5}}
    - {when: {metric: queueLength, op: '>', value: 100, for: 30s}, for: 1m, link: {from: a, to: b}}
    - {when: availability < 1, blackout: {node: bee-02}}
  replications: {count: 5, until: {metric: latency.p95, halfWidth: 5%}, max: 50, batch: 5}
  sweep: {fabric.clusters.a.nodes: [3, 6], policies: all}
  expect: [latency.p95 < 8s, {metric: energy, of: a, op: <, value: 40 kWh, policy: two, severity: warn}]
`
const file = 'test/wrong/all.yaml'

type Change = {
  kind: 'delete' | 'replace' | 'scramble' | 'duplicate' | 'swap' | 'rename'
  at: number
  other: number
  value: unknown
}

const values = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    0,
    -1,
    1.5,
    1e300,
    '1:0',
    [],
    {},
    [null],
    { '': null },
    'a'.repeat(300),
    '__proto__',
    'constructor',
    'NaN',
    '.inf',
    '<<',
    '*a',
    '&a',
  ),
  fc.anything({ maxDepth: 2, withNullPrototype: false }),
  fc.string({ unit: 'grapheme' }),
)
const changes = fc.array(
  fc.record<Change>({
    kind: fc.constantFrom('delete', 'replace', 'scramble', 'duplicate', 'swap', 'rename'),
    at: fc.nat(10_000),
    other: fc.nat(10_000),
    value: values,
  }),
  { minLength: 1, maxLength: 4 },
)

/** Every place where something can be changed, in the order of the document. */
function placesOf(
  document: ReturnType<typeof parseDocument>,
): { get: () => unknown; set: (node: unknown) => void; remove: () => void; again: () => void; pair: Pair | null }[] {
  const places: ReturnType<typeof placesOf> = []
  visit(document, {
    Collection(_key, node) {
      for (const item of node.items) {
        const index = () => node.items.indexOf(item as never)
        places.push({
          get: () => (isMap(node) ? (item as Pair).value : item),
          set: value => {
            if (isMap(node)) (item as Pair).value = value
            else if (isSeq(node) && index() >= 0) node.items[index()] = value
          },
          remove: () => {
            if (index() >= 0) node.items.splice(index(), 1)
          },
          again: () => node.items.push(item as never),
          pair: isMap(node) ? (item as Pair) : null,
        })
      }
    },
  })
  return places
}

function apply(text: string, list: readonly Change[]): string {
  const document = parseDocument(text, { version: '1.2', uniqueKeys: false })
  for (const { kind, at, other, value } of list) {
    const places = placesOf(document)
    if (places.length === 0) break
    const place = places[at % places.length]
    const second = places[other % places.length]
    if (kind === 'delete') place.remove()
    else if (kind === 'replace') place.set(createNode(document, value))
    else if (kind === 'duplicate') place.again()
    else if (kind === 'rename' && place.pair !== null) place.pair.key = document.createNode(String(value))
    else if (kind === 'scramble') {
      const node = place.get()
      if (isScalar(node)) place.set(document.createNode([...String(node.value)].reverse().join('')))
    } else if (kind === 'swap') {
      const [a, b] = [place.get(), second.get()]
      // A node must not come to lie in itself.
      if (isScalar(a) && isScalar(b)) {
        place.set(b)
        second.set(a)
      }
    }
  }
  return String(document)
}

function createNode(document: ReturnType<typeof parseDocument>, value: unknown): Node {
  try {
    return document.createNode(value)
  } catch {
    return document.createNode(String(typeof value === 'symbol' ? 'symbol' : typeof value))
  }
}

/** Loads the text; what is wrong with it must be told well, and what is right must compile as far as its files are. */
function check(text: string): 'right' | 'wrong' {
  try {
    const { scenario } = parsePoints(text, file).points[0].loaded
    expect(JSON.parse(JSON.stringify(scenario))).toEqual(scenario)
    compile({ ...scenario, workloads: scenario.workloads.filter(({ arrivals }) => arrivals.process !== 'trace') })
    return 'right'
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error
    const lines = text.split(/\r?\n/)
    for (const { file: name, line, column, length, message, hint } of error.diagnostics) {
      if (!/undefined|\[object/.test(text)) expect(message).not.toMatch(/undefined|\[object/)
      expect(hint).toMatch(/\S/)
      expect(length).toBeGreaterThan(0)
      if (name === file) expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1)
    }
    const places = error.diagnostics
      .filter(({ file: name, severity }) => name === file && severity === 'error')
      .map(({ line, column }) => line * 1e6 + column)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(renderDiagnostics(error.diagnostics, { colour: false })).toContain('hint:')
    return 'wrong'
  }
}

const long = process.env.FABRICDT_LONG === '1'
const numRuns = long ? 20_000 : 300

describe('mutations', () => {
  test('the scenario that is mutated is right', () => expect(check(valid)).toBe('right'))

  test('of the tree', () => {
    fc.assert(
      fc.property(changes, list => void check(apply(valid, list))),
      { numRuns, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
    )
  })

  test('of the text', () => {
    const cuts = fc.array(fc.tuple(fc.nat(valid.length), fc.nat(12), fc.string({ maxLength: 6 })), {
      minLength: 1,
      maxLength: 3,
    })
    fc.assert(
      fc.property(
        cuts,
        list =>
          void check(
            list.reduce((text, [at, length, insert]) => text.slice(0, at) + insert + text.slice(at + length), valid),
          ),
      ),
      { numRuns, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
    )
  })

  // Every odd value in the long form; in the short one each field has its turn of them.
  test('every field missing, doubled, and with odd values', () => {
    const odd = [null, 1.5, -1, [], 'text']
    const count = placesOf(parseDocument(valid)).length
    for (let at = 0; at < count; at++) {
      check(apply(valid, [{ kind: 'delete', at, other: 0, value: null }]))
      check(apply(valid, [{ kind: 'duplicate', at, other: 0, value: null }]))
      for (const value of long ? odd : [odd[at % odd.length]])
        check(apply(valid, [{ kind: 'replace', at, other: 0, value }]))
    }
  })

  test('with --set on any field', () => {
    const paths = fc.array(
      fc.constantFrom(
        'spec',
        'fabric',
        'clusters',
        'a',
        '0',
        'pools',
        'own',
        'workloads',
        'w',
        'job',
        'stages',
        'cpu',
        'sweep',
        'failures',
        'after',
        'policies',
        'metadata',
        'name',
        '',
      ),
      { minLength: 1, maxLength: 6 },
    )
    fc.assert(
      fc.property(
        paths,
        fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('1,2', '[a],{b: 1}', 'range(1, 3)', 'x,', '*a,&a')),
        (path, value) => {
          try {
            parsePoints(valid, file, { sets: [`${path.join('.')}=${value}`] })
          } catch (error) {
            if (!(error instanceof ScenarioError)) throw error
          }
        },
      ),
      { numRuns, interruptAfterTimeLimit: 60_000, markInterruptAsFailure: false },
    )
  })
})
