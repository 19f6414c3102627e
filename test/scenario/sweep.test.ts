import { describe, expect, test } from 'vitest'
import { ScenarioError } from '../../runner/errors.ts'
import type { Overrides } from '../../runner/scenario/load.ts'
import { parsePoints } from '../../runner/scenario/load-points.ts'
import { readRange } from '../../runner/scenario/range.ts'
import { parse, text } from './parse.ts'

const sweepOf = (sweep: string, overrides: Overrides = {}) =>
  parsePoints(text({ tail: `sweep: ${sweep}` }), 'test.yaml', overrides)
const set = (...sets: string[]) => parsePoints(text(), 'test.yaml', { sets })

/** What is wrong; nothing where all points are right. */
function wrong(sweep: string, overrides: Overrides = {}) {
  try {
    sweepOf(sweep, overrides)
    return []
  } catch (error) {
    if (error instanceof ScenarioError) return error.diagnostics
    throw error
  }
}

describe('spec.sweep', () => {
  test('every combination is a point, the first factor slowest', () => {
    const { factors, points } = sweepOf(
      '{fabric.clusters.lab.nodes: [2, 4], workloads.jobs.arrivals.rate: [1/s, 2/s, 3/s]}',
    )
    expect(factors).toEqual([
      { path: 'fabric.clusters.lab.nodes', levels: ['2', '4'] },
      { path: 'workloads.jobs.arrivals.rate', levels: ['1/s', '2/s', '3/s'] },
    ])
    expect(points.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5])
    expect(points.map(({ levels }) => Object.values(levels).join(' '))).toEqual([
      '2 1/s',
      '2 2/s',
      '2 3/s',
      '4 1/s',
      '4 2/s',
      '4 3/s',
    ])
    expect(points[4].levels).toEqual({ 'fabric.clusters.lab.nodes': '4', 'workloads.jobs.arrivals.rate': '2/s' })
    const { clusters, workloads } = points[4].loaded.scenario
    expect([clusters[0].nodes, workloads[0].arrivals]).toMatchObject([4, { ratePerS: 2 }])
  })

  test('without one there is one point', () => {
    const { factors, points } = parsePoints(text(), 'test.yaml')
    expect([factors, points.length, points[0].levels]).toEqual([[], 1, {}])
    expect(points[0].loaded.scenario).toEqual(parse().scenario)
    expect(sweepOf('{}').points).toHaveLength(1)
    expect(sweepOf('{policies: all}').points).toHaveLength(1)
  })

  test('levels may be anything, by index and with spec. as well', () => {
    const { factors, points } = sweepOf(
      '{spec.workloads.0.job.stages.0.duration: [2s, {exponential: {mean: 3s}}], horizon: ["10m", "20m"]}',
    )
    expect(factors[0].levels).toEqual(['2s', '{exponential: {mean: 3s}}'])
    expect(points.map(({ loaded }) => loaded.scenario.workloads[0].stages[0].duration?.kind)).toEqual([
      'constant',
      'constant',
      'exponential',
      'exponential',
    ])
    expect(points.map(({ loaded }) => loaded.scenario.horizonS)).toEqual([600, 1200, 600, 1200])
  })

  test('a field that the file does not say can be swept', () => {
    expect(
      sweepOf('{fabric.clusters.lab.speed: [1, 2]}').points.map(({ loaded }) => loaded.scenario.clusters[0].speed),
    ).toEqual([1, 2])
  })

  test('ranges have both ends', () => {
    expect(sweepOf('{fabric.clusters.lab.nodes: "range(1, 10, 3)"}').factors[0].levels).toEqual(['1', '4', '7', '10'])
    expect(sweepOf('{fabric.clusters.lab.nodes: "range(3,1,-1)"}').factors[0].levels).toEqual(['3', '2', '1'])
  })

  test('every point knows what is where, whichever was read last', () => {
    const { points } = sweepOf('{fabric.clusters.lab.nodes: [2, 4]}')
    const columns = points.map(({ loaded }) => loaded.locate(['spec', 'fabric', 'clusters', 0, 'nodes']))
    // The value lies in the list of levels.
    expect(columns.map(({ line, column }) => [line, column])).toEqual([
      [17, 39],
      [17, 42],
    ])
  })

  test('anchors may be shared with levels', () => {
    const { points } = parsePoints(
      text({ head: 'horizon: &long 10m', tail: 'sweep: {horizon: [*long, 5m]}' }),
      'test.yaml',
    )
    expect(points.map(({ loaded }) => loaded.scenario.horizonS)).toEqual([600, 300])
  })
})

describe('--set with several values', () => {
  test('is a factor after those of the file', () => {
    const { factors, points } = sweepOf('{fabric.clusters.lab.nodes: [2, 4]}', {
      sets: ['seed=1,2', 'fabric.clusters.cloud.nodes=range(1,3)'],
    })
    expect(factors.map(({ path, levels }) => [path, levels])).toEqual([
      ['fabric.clusters.lab.nodes', ['2', '4']],
      ['seed', ['1', '2']],
      ['fabric.clusters.cloud.nodes', ['1', '2', '3']],
    ])
    expect(points).toHaveLength(12)
  })

  test('takes the place of a factor of the file, as one value does', () => {
    const sweep = '{fabric.clusters.lab.nodes: [2, 4], seed: [1, 2]}'
    expect(sweepOf(sweep, { sets: ['fabric.clusters.0.nodes=5,6,7'] }).factors.map(({ levels }) => levels)).toEqual([
      ['1', '2'],
      ['5', '6', '7'],
    ])
    expect(sweepOf(sweep, { sets: ['fabric.clusters.lab.nodes=5'] }).factors).toEqual([
      { path: 'seed', levels: ['1', '2'] },
    ])
    expect(sweepOf(sweep, { seed: 3 }).factors.map(({ path }) => path)).toEqual(['fabric.clusters.lab.nodes'])
    expect(sweepOf(sweep, { sets: ['sweep={}'] }).factors).toEqual([])
  })

  test('values may be mappings and text; a list in brackets is one value', () => {
    expect(set('workloads.jobs.job.stages.0.duration={exponential: {mean: 3s}},2s').factors[0].levels).toEqual([
      '{exponential: {mean: 3s}}',
      '2s',
    ])
    expect(set('workloads.jobs.job.stages.0.arch=[amd64, arm64]').points).toHaveLength(1)
    expect(set('workloads.jobs.job.stages.0.arch=[amd64, arm64],[amd64]').factors[0].levels).toEqual([
      '[amd64, arm64]',
      '[amd64]',
    ])
    expect(set('metadata.description="Hello, world"').points).toHaveLength(1)
  })

  test('the source shows the sweep, and runs again as it was', () => {
    const { points, factors } = sweepOf('{fabric.clusters.lab.nodes: [2, 4]}', {
      sets: ['fabric.clusters.lab.nodes=3', 'scaling=range(10, 30, 10)'],
    })
    const { source } = points[0].loaded
    expect(source).toContain('scaling: [10, 20, 30]')
    expect(source).not.toContain('[2, 4]')
    const again = parsePoints(source, 'test.yaml')
    expect(again.factors).toEqual(factors)
    expect(again.points.map(({ loaded }) => loaded.scenario)).toEqual(points.map(({ loaded }) => loaded.scenario))
    expect(new Set(points.map(({ loaded }) => loaded.source)).size).toBe(1)
  })

  test.each([
    ['metadata.description=Hello, world', 'metadata.description cannot take several values'],
    ['policies=fcfs,sjf', 'policies are no factor'],
    ['policies.0=fcfs,sjf', 'a policy is no factor'],
    ['seed=1,2,1', 'the level 1 of seed stands twice'],
    ['seed=range(1, 2, 0)', 'holds no number'],
    ['seed=range(1)', 'is not a range'],
    ['seed=1,2,]', 'the value is no YAML'],
    ['fabric.clusters.lap.nodes=1,2', 'the scenario has no spec.fabric.clusters.lap'],
  ])('%s is refused', (argument, message) => {
    let found: ScenarioError | undefined
    try {
      set(argument)
    } catch (error) {
      found = error as ScenarioError
    }
    expect(found?.diagnostics).toMatchObject([{ code: 'bad-override', file: '--set' }])
    expect(found?.diagnostics[0].message).toContain(message)
  })

  test('one path twice is refused', () => {
    expect(() => set('seed=1,2', 'seed=3,4')).toThrow(ScenarioError)
    expect(() => set('seed=1,2', 'seed=3,4', 'spec.seed=5')).toThrow(ScenarioError)
  })
})

describe('what is wrong', () => {
  test('at every point is told without a point, at some with what they have in common', () => {
    expect(wrong('{fabric.clusters.lab.nodes: [0, 2], seed: [1, 2]}')).toMatchObject([
      {
        code: 'out-of-range',
        line: 17,
        message: expect.stringMatching(/at least 1 \(where fabric\.clusters\.lab\.nodes = 0\)$/),
      },
    ])
    expect(wrong('{seed: [1, 2], sclaing: [3]}')).toMatchObject([{ message: 'unknown field “sclaing” in spec' }])
  })

  test('at a few points is told with one of them', () => {
    const found = wrong('{workloads.jobs.job.stages.0.cpu: [4, 30, 90], fabric.clusters.cloud.cpu: [16, 64]}')
    expect(found.map(({ message }) => message)).toEqual([
      'no node of the fabric has 30 cores (where workloads.jobs.job.stages.0.cpu = 30, fabric.clusters.cloud.cpu = 16)',
      'no node of the fabric has 90 cores (where workloads.jobs.job.stages.0.cpu = 90)',
    ])
  })

  test('warnings are gathered as well', () => {
    const { warnings, points } = parsePoints(
      text({ tail: 'failures: [{at: 8m, blackout: {zone: lab}}]\n  sweep: {horizon: [5m, 10m]}' }),
      'test.yaml',
    )
    expect(warnings).toMatchObject([{ message: expect.stringContaining('never happens (where horizon = 5m)') }])
    expect(points.map(({ loaded }) => loaded.warnings.length)).toEqual([1, 0])
  })

  test('too many points', () => {
    expect(wrong('{seed: "range(1, 101)", fabric.clusters.lab.nodes: "range(1, 100)"}')).toMatchObject([
      { code: 'out-of-range', message: 'the sweep has 10100 points' },
    ])
  })

  test('a level that takes an anchor away', () => {
    const source = text({ head: 'horizon: &long 10m\n  warmup: *long', tail: 'sweep: {horizon: [5m, 6m]}' })
    expect(() => parsePoints(source, 'test.yaml')).toThrow(ScenarioError)
  })

  test('a sweep where one scenario is wanted', () => {
    expect(() => parse({ tail: 'sweep: {seed: [1, 2]}' })).toThrow(ScenarioError)
    expect(parse({ tail: 'sweep: {seed: [5]}' }).scenario.seed).toBe(5)
  })
})

describe('range', () => {
  test.each([
    ['range(1, 3)', ['1', '2', '3']],
    ['range(0.1, 0.5, 0.1)', ['0.1', '0.2', '0.3', '0.4', '0.5']],
    ['range(10, 1, -4)', ['10', '6', '2']],
    ['range(-1, 1)', ['-1', '0', '1']],
    [' range( 5 ,5 ) ', ['5']],
    ['range(0, 1, .25)', ['0', '0.25', '0.5', '0.75', '1']],
  ])('%s', (range, expected) => expect(readRange(range)).toEqual(expected))
})
