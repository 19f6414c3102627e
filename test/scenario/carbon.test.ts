import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { assumptionsOf } from '../../runner/assumptions.ts'
import { parsePoints } from '../../runner/scenario/load-points.ts'
import { parse, problemsOf, text } from './parse.ts'

const folder = mkdtempSync(join(tmpdir(), 'fabricdt-carbon-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'test.yaml')
const write = (name: string, rows: readonly string[]) =>
  writeFileSync(join(folder, name), ['timestamp,carbon_intensity,price', ...rows, ''].join('\n'))

write('hours.csv', [
  '2026-01-01T00:00:00Z,300,1',
  '2026-01-01T01:00:00Z,310,2',
  '2026-01-01T02:00:00Z,310,3',
  '2026-01-01T03:00:00Z,250.5,4',
  '2026-01-01T04:00:00Z,240,5',
])

const fabric = (clusters: string, carbon = '{}') => `fabric:\n    carbon: ${carbon}\n    clusters: [${clusters}]`
const load = (head: string, clusters: string, carbon = '{}') =>
  parse({ head, fabric: fabric(clusters, carbon) }, {}, file)
const carbonOf = (
  head: string,
  clusters = '{name: lab, pool: lab, nodes: 1, carbon: {trace: hours.csv}}',
  carbon = '{}',
) => load(head, clusters, carbon).scenario.clusters.map(cluster => cluster.carbon)

describe('carbon intensity', () => {
  test('of a number is always that', () => {
    expect(carbonOf('horizon: 1h', '{name: lab, pool: lab, nodes: 1, carbon: 380}')).toEqual([
      { source: '380 gCO2e/kWh at all times', atS: [0], gramsPerKwh: [380] },
    ])
  })

  test('of a region is that of its clusters, unless they say their own; else it is not known', () => {
    const clusters =
      '{name: lab, pool: lab, nodes: 1, region: NL}, {name: b, pool: lab, nodes: 1, region: NL, carbon: 20}, {name: c, pool: lab, nodes: 1}'
    expect(carbonOf('horizon: 1h', clusters, '{NL: 300}').map(carbon => carbon?.gramsPerKwh ?? null)).toEqual([
      [300],
      [20],
      null,
    ])
  })

  test('of a file is kept in seconds from the start, which is what policies forecast from', () => {
    expect(carbonOf('start: 2026-01-01T00:30:00Z\n  horizon: 3h')).toEqual([
      {
        source: 'hours.csv, column carbon_intensity',
        atS: [-1800, 1800, 9000, 12_600],
        gramsPerKwh: [300, 310, 250.5, 240],
      },
    ])
  })

  test('so is what was in force in the four weeks before the run, and will be in the two weeks after it; without a horizon, all', () => {
    write(
      'weeks.csv',
      Array.from({ length: 100 }, (_, day) => `${new Date(Date.UTC(2026, 0, 1 + day)).toISOString()},${day},0`),
    )
    const clusters = '{name: lab, pool: lab, nodes: 1, carbon: {trace: weeks.csv}}'
    const [carbon] = carbonOf('start: 2026-02-10T12:00:00Z\n  horizon: 24h', clusters)
    expect(carbon?.atS[0]).toBe(-28.5 * 86_400)
    expect(carbon?.atS.at(-1)).toBe(14.5 * 86_400)
    expect(carbon?.gramsPerKwh).toEqual(Array.from({ length: 44 }, (_, i) => 12 + i))
    const workloads =
      'workloads: [{name: jobs, origin: {cluster: lab}, arrivals: {rate: 1/s, maxJobs: 5}, job: {stages: [{duration: 1s}]}}]'
    const { scenario } = parse(
      {
        head: 'start: 2026-01-01T01:00:00Z',
        fabric: fabric('{name: lab, pool: lab, nodes: 1, carbon: {trace: hours.csv}}'),
        workloads,
      },
      {},
      file,
    )
    expect(scenario.clusters[0].carbon).toMatchObject({
      atS: [-3600, 0, 7200, 10_800],
      gramsPerKwh: [300, 310, 250.5, 240],
    })
  })

  test('another column, compressed, times of any zone, comments and quotes', () => {
    const rows = [
      '# ours',
      'timestamp,"a b"',
      '"2026-01-01 00:00","5"',
      '2026-01-01T02:00:00+01:00,6',
      '2026-01-01T02:00:00.5Z,7',
    ]
    writeFileSync(join(folder, 'odd.csv.gz'), gzipSync(`\uFEFF${rows.join('\r\n')}`))
    expect(
      carbonOf('horizon: 12h', '{name: lab, pool: lab, nodes: 1, carbon: {trace: odd.csv.gz, column: a b}}'),
    ).toEqual([{ source: 'odd.csv.gz, column a b', atS: [0, 3600, 7200.5], gramsPerKwh: [5, 6, 7] }])
  })

  test('files are listed, once', () => {
    const { files } = load(
      'horizon: 1h',
      '{name: lab, pool: lab, nodes: 1, carbon: {trace: hours.csv}}, {name: b, pool: lab, nodes: 1, region: r}',
      '{r: {trace: hours.csv, column: price}}',
    )
    expect(files).toEqual([
      { path: file, role: 'scenario' },
      { path: join(folder, 'hours.csv'), role: 'carbon' },
    ])
  })

  test('a last row counts as long as the one before; then there is a warning', () => {
    const warnings = (horizon: string) =>
      load(`horizon: ${horizon}`, '{name: lab, pool: lab, nodes: 1, carbon: {trace: hours.csv}}').warnings
    expect(warnings('5h')).toEqual([])
    expect(warnings('6h')).toMatchObject([{ code: 'out-of-range', severity: 'warning' }])
  })

  test.each([
    ['2025-12-31T23:59:59Z', 'begins at 2026-01-01T00:00:00Z, after the run does'],
    ['2026-01-01T05:00:00Z', 'ends at 2026-01-01T05:00:00Z, before the run begins'],
  ])('a file that is not in force at %s is refused', (start, message) => {
    const source = text({
      head: `start: ${start}\n  horizon: 1h`,
      fabric: fabric('{name: lab, pool: lab, nodes: 1, carbon: {trace: hours.csv}}'),
    })
    const [problem, ...more] = problemsOf(source, {}, file)
    expect([problem.code, more]).toEqual(['out-of-range', []])
    expect(problem.message).toContain(message)
  })

  test('a start may be swept over a file, which is read once', () => {
    const { points } = parsePoints(
      text({
        fabric: fabric('{name: lab, pool: lab, nodes: 1, carbon: {trace: hours.csv}}'),
        tail: 'start: 2026-01-01\n  sweep: {start: ["2026-01-01", "2026-01-01T03:00:00Z"]}',
      }),
      file,
    )
    expect(points.map(({ loaded }) => loaded.scenario.clusters[0].carbon?.gramsPerKwh)).toEqual([
      [300, 310, 250.5, 240],
      [300, 310, 250.5, 240],
    ])
  })

  const real = new URL('../../../shared/data/carbon-em-dev/NL_2021-2024.csv.gz', import.meta.url).pathname
  test.skipIf(!existsSync(real))('of a real file', () => {
    const [carbon] = carbonOf(
      'start: 2023-05-01T12:30:00+02:00\n  horizon: 24h',
      `{name: lab, pool: lab, nodes: 1, carbon: {trace: "${real}"}}`,
    )
    const inRun = carbon?.atS.filter(at => at > 0 && at < 86_400) ?? []
    expect(inRun[0]).toBe(1800)
    expect(inRun.length).toBeLessThanOrEqual(24)
  })
})

describe('the assumptions', () => {
  const said = (head: string, clusters: string, tail = 'seed: 1', stage = '{duration: 1s}', job = '') => {
    const workloads = `workloads: [{name: jobs, origin: {cluster: lab}, arrivals: {rate: 1/s}, job: {${job}stages: [${stage}]}}]`
    return assumptionsOf(parse({ head, fabric: fabric(clusters), tail, workloads }, {}, file).scenario, []).join('\n')
  }
  const lab = '{name: lab, pool: lab, nodes: 1}'

  test('of a plain scenario name its one power model and no carbon', () => {
    const text = said('horizon: 1h', lab)
    expect(text).toContain('Power of a node that is up: linear.')
    expect(text).toContain('the work starts again from the begin')
    expect(text).not.toMatch(/intensity|WebAssembly|Emulated|checkpoint|at random/)
  })

  test('say where intensities come from, and of whom none is known', () => {
    const text = said(
      'horizon: 1h',
      `${lab}, {name: b, pool: edge, nodes: 1, carbon: {trace: hours.csv}, power: {model: cubic}}`,
    )
    expect(text).toContain('Carbon intensity of b: hours.csv, column carbon_intensity.')
    expect(text).toContain('No carbon intensity is known of lab')
    expect(text).toContain('Power of the nodes of b: cubic.')
    expect(text).toContain('Power of the nodes of lab: linear.')
  })

  test('say the factors of the ways that are taken', () => {
    const phones = '{name: lab, pool: lab, nodes: 1, arch: arm64, formats: [native, wasm, emulated]}'
    expect(said('horizon: 1h', phones, 'seed: 1', '{duration: 1s, arch: [amd64], formats: [native, wasm]}')).toContain(
      'As WebAssembly a stage takes 1.21 times as long as native code (measured with wasmtime',
    )
    expect(said('horizon: 1h\n  modes: {emulated: 5}', phones, 'seed: 1', '{duration: 1s, arch: [amd64]}')).toContain(
      'a stage takes 5 times as long as native code (as declared)',
    )
    expect(said('horizon: 1h', phones, 'seed: 1', '{duration: 1s, formats: [native, wasm]}')).not.toContain(
      'WebAssembly',
    )
  })

  test('of a sweep say what is otherwise at other points', () => {
    const { points } = parsePoints(
      text({ tail: 'sweep: {fabric.clusters.lab.carbon: [100, 200], scaling: [10, 20, 30, 40, 50]}' }),
      file,
    )
    const [first, ...others] = points.map(({ loaded }) => loaded.scenario)
    const sentences = assumptionsOf(first, [], others)
    expect(sentences).toContain('Carbon intensity of lab: 100 gCO2e/kWh at all times.')
    expect(sentences).toContain('At other points of the sweep: Carbon intensity of lab: 200 gCO2e/kWh at all times.')
    expect(sentences.filter(sentence => sentence.startsWith('At other points'))).toHaveLength(5)
    expect(assumptionsOf(first, [])).toEqual(sentences.slice(0, -5))
  })

  test('say what fails at random, what is saved, what is cancelled', () => {
    const text = said(
      'horizon: 1h',
      lab,
      'failures: [{mtbf: 6h, mttr: {lognormal: {mean: 15m, cv: 1}}, in: {pool: lab}, weightedBy: resiliency}]',
      '{id: a, duration: 1m, checkpoint: {every: 10s, cost: 500ms}}, {id: b, after: [a], duration: 1s}',
      'deadline: 5m, onMiss: cancel, ',
    )
    expect(text).toContain('Nodes of pool lab fail at random')
    expect(text).toContain('up for mean 6h (exponential), down for mean 15m, cv 1 (lognormal)')
    expect(text).toContain('stage a of jobs saves its work every 10s at a cost of 500ms (in the cluster')
    expect(text).toContain('Work of other stages starts again from the begin.')
    expect(text).toContain('Jobs of jobs are cancelled when their deadline passes.')
    expect(text).toContain('retries are counted per stage')
  })
})

describe('prices', () => {
  const priceOf = (clusters: string, price = '{}') =>
    parse(
      {
        head: 'horizon: 3h',
        fabric: `fabric:\n    price: ${price}\n    clusters: [{name: lab, pool: lab, nodes: 1, ${clusters}}]`,
      },
      {},
      file,
    )

  test('are said as intensities are, and may be below 0', () => {
    const [lab] = priceOf('price: {trace: hours.csv}').scenario.clusters
    expect(lab.price).toMatchObject({ source: 'hours.csv, column price', perKwh: [1, 2, 3, 4, 5] })
    expect(priceOf('region: BE', '{BE: -0.05}').scenario.clusters[0].price?.perKwh).toEqual([-0.05])
    expect(priceOf('region: BE').scenario.clusters[0]).not.toHaveProperty('price')
  })

  test('say in the report where they come from', () => {
    const { scenario } = priceOf('price: 0.25')
    expect(assumptionsOf(scenario, [])).toContain('Price of electricity of lab: 0.25 a kWh at all times.')
  })
})
