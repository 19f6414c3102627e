import { describe, expect, it } from 'vitest'
import { metrics } from '../../engine/metrics.ts'
import { momentsOf } from '../../engine/statistics/moments.ts'
import { estimateOf } from '../../reports/summary/rows.ts'
import type { Expectation } from '../../runner/scenario/scenario.ts'
import { fixtureResults, fixtureTrials } from './fixture.ts'
import { fixtureClusters, fixturePolicies } from './fixture-runs.ts'
import { summarizeTrials, type Trial } from './summarize-trials.ts'

/** A trial with some metrics set and the rest zero; its series is two bins of 10 s unless told. */
function trial(
  policy: string,
  replication: number,
  fabric: Record<string, number>,
  changes: Partial<Trial['summary']> = {},
): Trial {
  const zero = fixtureTrials()[0].summary
  const bins = () => new Float64Array(2)
  const summary = {
    ...zero,
    endS: 20,
    unfinished: 0,
    total: { ...zero.total, unfinished: 0 },
    measured: { ...zero.measured, unfinished: 0, censored: 0 },
    fabric: { ...Object.fromEntries(metrics.map(metric => [metric.name, 0])), ...fabric },
    clusters: {},
    series: {
      widthS: 10,
      bins: 2,
      waiting: bins(),
      running: bins(),
      completed: bins(),
      deadlineMisses: bins(),
      watts: bins(),
      upNodes: bins(),
      upCores: bins(),
      busyCores: bins(),
    },
    ...changes,
  }
  return { policy, replication, summary }
}

const sum = (trials: Trial[], more: Partial<Parameters<typeof summarizeTrials>[0]> = {}) => {
  const policies = [...new Set(trials.map(row => row.policy))]
  return summarizeTrials({
    point: 0,
    policies,
    clusters: [],
    trials,
    expectations: [],
    steadyAfterS: null,
    random: true,
    ...more,
  })
}

const expecting = (op: Expectation['op'], value: number, policy: string | null = null): Expectation => ({
  text: '',
  metric: 'latency.p95',
  of: null,
  op,
  value,
  policy,
  severity: 'fail',
  at: { file: 'x.yaml', line: 1, column: 1 },
})

describe('rows', () => {
  it('are the mean over replications with the t interval', () => {
    const { rows } = sum([1, 2, 3].map((value, i) => trial('a', i, { energy: value })))
    const row = rows.find(({ metric }) => metric === 'energy')
    // t(0.975, 2) = 4.302653, standard error 1/√3; energy cannot be negative.
    expect(row).toMatchObject({ policy: 'a', scope: 'fabric', unit: 'J', estimate: 2, low: 0, n: 3, method: 't' })
    expect(row?.high).toBeCloseTo(2 + 4.30265273 / Math.sqrt(3), 7)
  })

  it('are honest about what has no interval', () => {
    expect(estimateOf(momentsOf([5]), true, Infinity)).toEqual({ estimate: 5, low: 5, high: 5, n: 1, method: 'none' })
    expect(estimateOf(momentsOf([5, 5]), false, Infinity)).toEqual({
      estimate: 5,
      low: 5,
      high: 5,
      n: 2,
      method: 'none',
    })
    expect(estimateOf(momentsOf([NaN, NaN]), true, Infinity)).toMatchObject({ estimate: null, n: 0, method: 'empty' })
    expect(estimateOf(momentsOf([1, Infinity]), true, Infinity)).toMatchObject({
      estimate: null,
      high: null,
      n: 2,
      method: 'unbounded',
    })
    expect(estimateOf(momentsOf([4, NaN, 4]), true, Infinity)).toMatchObject({ estimate: 4, n: 2, method: 't' })
  })

  it('keep the interval of a share between 0 and 1', () => {
    expect(estimateOf(momentsOf([0.9, 1]), true, 1)).toMatchObject({ estimate: 0.95, high: 1 })
  })

  it('exist for each cluster where the metric does', () => {
    const { rows, metrics: infos } = fixtureResults()
    const perCluster = infos.filter(metric => metric.perCluster).length
    expect(rows).toHaveLength(fixturePolicies.length * (infos.length + perCluster * fixtureClusters.length))
    const energy = rows
      .filter(row => row.policy === 'fcfs' && row.metric === 'energy')
      .map(row => row.estimate as number)
    expect(energy.slice(1).reduce((total, value) => total + value)).toBeCloseTo(energy[0], 3)
  })
})

describe('comparisons', () => {
  const pairs = (deltas: number[], metric = 'energy') =>
    sum(
      deltas.flatMap((delta, i) => [
        trial('a', i, { [metric]: 100 + 10 * i + delta }),
        trial('b', i, { [metric]: 100 + 10 * i }),
      ]),
    ).comparisons.find(row => row.metric === metric)

  it('pair by replication: a small steady difference shows through large common luck', () => {
    const row = pairs([1, 1.1, 0.9, 1, 1.05])
    expect(row).toMatchObject({ a: 'a', b: 'b', n: 5, significant: true, better: 'b' })
    expect(row?.difference).toBeCloseTo(1.01, 10)
  })

  it('know which side is better', () => {
    expect(pairs([1, 1.1, 0.9, 1], 'throughput')?.better).toBe('a')
    expect(pairs([-1, -1.1, -0.9, -1])?.better).toBe('a')
    expect(pairs([1, -1, 2, -2])).toMatchObject({ significant: false, better: null })
  })

  it('take differences of rounding for none', () => {
    expect(pairs([1e-12, 1.1e-12, 0.9e-12])).toMatchObject({ difference: 0, p: 1, significant: false })
  })

  it('correct for the number of pairs', () => {
    const values = { a: [5, 6, 5, 7], b: [4, 6, 4, 6], c: [4, 5, 5, 5] }
    const { comparisons } = sum(
      Object.entries(values).flatMap(([policy, list]) => list.map((energy, i) => trial(policy, i, { energy }))),
    )
    const rows = comparisons.filter(row => row.metric === 'energy')
    expect(rows.map(row => [row.a, row.b])).toEqual([
      ['a', 'b'],
      ['a', 'c'],
      ['b', 'c'],
    ])
    for (const row of rows) expect(row.pHolm).toBeGreaterThanOrEqual(row.p)
    expect(Math.min(...rows.map(row => row.pHolm))).toBeCloseTo(3 * Math.min(...rows.map(row => row.p)), 10)
  })

  it('use the replications that both have, and say nothing of what is unbounded', () => {
    const { comparisons } = sum([
      trial('a', 0, { energy: 1, 'latency.p95': Infinity }),
      trial('a', 2, { energy: 2 }),
      trial('a', 3, { energy: 4 }),
      trial('b', 2, { energy: 1 }),
      trial('b', 3, { energy: 2 }),
      trial('b', 0, { energy: NaN }),
    ])
    expect(comparisons.find(row => row.metric === 'energy')).toMatchObject({ n: 2, difference: 1.5 })
    expect(comparisons.find(row => row.metric === 'latency.p95')).toBeUndefined()
  })

  it('are certain without randomness and undecided with one replication', () => {
    const trials = [trial('a', 0, { energy: 1 }), trial('b', 0, { energy: 2 })]
    const energy = (random: boolean) => sum(trials, { random }).comparisons.find(row => row.metric === 'energy')
    expect(energy(false)).toMatchObject({ difference: -1, p: 0, significant: true, better: 'a' })
    expect(energy(true)).toMatchObject({ difference: -1, p: 1, significant: false, better: null })
  })
})

describe('expectations', () => {
  const status = (values: number[], expectation: Expectation) =>
    sum(
      values.map((value, i) => trial('a', i, { 'latency.p95': value })),
      { expectations: [expectation] },
    ).expectations[0]

  it('pass, fail, or are inconclusive when the interval holds the limit', () => {
    expect(status([1, 1.1, 0.9], expecting('<', 8))).toMatchObject({
      subject: 'a',
      status: 'pass',
      actual: 1,
      margin: 7,
    })
    expect(status([9, 9.1, 8.9], expecting('<', 8))).toMatchObject({ status: 'fail', margin: -1 })
    expect(status([7, 8, 8.5], expecting('<', 8))).toMatchObject({
      status: 'inconclusive',
      note: 'the interval holds the limit',
    })
    expect(status([9, 9.1, 8.9], expecting('>', 8))).toMatchObject({ status: 'pass', margin: 1 })
  })

  it('tell < from <=', () => {
    expect(status([8, 8], expecting('<', 8)).status).toBe('fail')
    expect(status([8, 8], expecting('<=', 8)).status).toBe('pass')
  })

  it('fail when unbounded and say so, and are inconclusive when nothing was measured', () => {
    expect(status([1, Infinity], expecting('<', 8))).toMatchObject({ status: 'fail', actual: null })
    expect(status([1, Infinity], expecting('<', 8)).note).toContain('unbounded')
    expect(status([NaN], expecting('<', 8))).toMatchObject({ status: 'inconclusive', note: 'nothing was measured' })
  })

  it('are about one policy or about each', () => {
    const trials = ['a', 'b'].map(policy => trial(policy, 0, {}))
    const subjects = sum(trials, { expectations: [expecting('<', 1), expecting('<', 1, 'b')] }).expectations.map(
      row => row.subject,
    )
    expect(subjects).toEqual(['a', 'b', 'b'])
  })
})

describe('distributions', () => {
  it('are means of quantiles, null where unbounded, and agree with the metrics', () => {
    const { distributions, rows } = fixtureResults()
    const latency = distributions.find(row => row.policy === 'fcfs' && row.metric === 'latency')
    const p95 = rows.find(row => row.policy === 'fcfs' && row.scope === 'fabric' && row.metric === 'latency.p95')
    expect(latency?.value[latency.p.indexOf(0.95)]).toBeCloseTo(p95?.estimate as number, 3)
    expect(latency?.unit).toBe('s')
  })
})

describe('the whole', () => {
  it('does not depend on the order of trials, and is finite JSON', () => {
    const { metrics: infos, rows, comparisons, expectations, series, distributions, warnings } = fixtureResults()
    const ordered = { metrics: infos, rows, comparisons, series, distributions, warnings, expectations: [] }
    const shuffled = [...fixtureTrials()].reverse()
    const again = summarizeTrials({
      point: 0,
      policies: fixturePolicies,
      clusters: fixtureClusters.map(c => c.name),
      trials: shuffled,
      expectations: [],
      random: true,
      steadyAfterS: null,
    })
    expect(again).toEqual(ordered)
    expect(JSON.parse(JSON.stringify(again))).toEqual(again)
    expect(expectations.map(row => row.status)).toContain('inconclusive')
  })

  it('survives policies without trials, and warns', () => {
    const summary = sum([trial('a', 0, {})], { policies: ['a', 'gone'] })
    expect(summary.rows.filter(row => row.policy === 'gone').every(row => row.method === 'empty')).toBe(true)
    expect(summary.warnings.map(row => row.message)).toEqual([
      'One replication only: figures have no error bar, and differences no test.',
      'gone: no trial ended; there are no figures for it.',
    ])
  })

  it('warns of queues that grow and of jobs left over', () => {
    const base = trial('a', 0, {}).summary
    const growing = trial(
      'a',
      0,
      {},
      {
        total: { ...base.total, unfinished: 40 },
        measured: { ...base.measured, submitted: 100, unfinished: 40, censored: 30 },
        waitingQuarters: [1, 10, 20, 30],
      },
    )
    expect(
      sum([growing], { random: false })
        .warnings.map(row => row.message)
        .join('\n'),
    ).toMatch(/40 of 100 jobs.*\n.*deadline of 30.*\n.*still growing/)
  })
})

describe('series', () => {
  const bins = (...values: number[]) => Float64Array.from(values)
  const withSeries = (
    replication: number,
    endS: number,
    widthS: number,
    waiting: Float64Array,
    watts: Float64Array,
  ) => {
    const n = waiting.length
    const base = trial('a', replication, {}).summary
    return trial(
      'a',
      replication,
      {},
      {
        endS,
        series: {
          ...base.series,
          widthS,
          bins: n,
          waiting,
          watts,
          running: new Float64Array(n),
          completed: new Float64Array(n).fill(1),
          deadlineMisses: new Float64Array(n),
          upNodes: new Float64Array(n),
          upCores: new Float64Array(n),
          busyCores: new Float64Array(0),
        },
      },
    )
  }

  it('align runs of other bin widths and lengths', () => {
    // A run of 35 s in bins of 10 s, and one of 50 s in bins of 20 s.
    const fine = withSeries(0, 35, 10, bins(1, 3, 5, 7), bins(10, 10, 30, 40))
    const coarse = withSeries(1, 50, 20, bins(2, 4, 6), bins(20, 20, 20))
    const [series] = sum([fine, coarse]).series
    expect(series.binWidthS).toBe(20)
    expect(series.timeS).toEqual([10, 30, 45])
    // Fine run: 2 over the first 20 s; (5 · 10 + 7 · 5) / 20 over the next, empty from 35 s on.
    expect(series.waiting.mean).toEqual([2, (85 / 20 + 4) / 2, 3])
    // Its power from 20 to 35 s is (30 · 10 + 40 · 5) / 15; afterwards only the other run knows.
    expect(series.watts.mean).toEqual([15, Number(((500 / 15 + 20) / 2).toPrecision(6)), 20])
    expect(series.completed.mean).toEqual([1.5, 1.5, 0.5])
  })

  it('have a band that holds the mean', () => {
    for (const series of fixtureResults().series) {
      for (const { mean, low, high } of [series.waiting, series.utilisation, series.watts]) {
        expect(mean.every((value, i) => low[i] <= value && value <= high[i])).toBe(true)
      }
    }
  })
})
