/** Ranks as far as policies can be told apart, and the tables that carry them. */
import { expect, test } from 'vitest'
import { findPolicy, simulate } from '../../engine/index.ts'
import { metricsCsv } from '../../reports/csv/metrics.ts'
import { scheduleCsv } from '../../reports/csv/schedule.ts'
import { metricInfo } from '../../reports/lookup.ts'
import { rankedFigures, ranksOf } from '../../reports/ranks.ts'
import { tinyModel } from '../reference/tiny-model.ts'
import { fixtureResults } from './fixture.ts'

const results = fixtureResults()

test('a rank is one more than the number of policies that are better beyond chance', () => {
  for (const metric of rankedFigures(results)) {
    const ranks = ranksOf(results, metric)
    for (const { label } of results.policies) {
      const better = results.comparisons.filter(
        row =>
          row.metric === metric.name && row.better !== null && row.better !== label && [row.a, row.b].includes(label),
      )
      expect(ranks.get(label), `${label} by ${metric.name}`).toBe(1 + better.length)
    }
    expect(Math.min(...ranks.values())).toBe(1)
  }
})

test('utilisation has no better side, and is not ranked', () => {
  expect(rankedFigures(results).map(({ name }) => name)).not.toContain('utilisation')
  expect(metricInfo(results, 'utilisation')?.direction).toBe('none')
})

const model = tinyModel({ nodes: 2, workloads: [{ name: 'w', trace: [{ submitS: 0, runS: 10 }] }] })
const run = simulate(model, findPolicy('fcfs')!.create({}), { replication: 0, record: { decisions: true } })
const decisions = [{ policy: 'fcfs', decisions: run.decisions! }]

test('the schedule: jobId, node, cluster, strategy, ciScore, timestamp', () => {
  const [head, row, ...rest] = [...scheduleCsv(model, '2026-06-15T00:00:00Z', decisions)].join('').trimEnd().split('\n')
  expect(head).toBe('jobId,node,cluster,strategy,ciScore,timestamp')
  expect(row).toMatch(/^w\/0,.+,.+,fcfs,,2026-06-15T00:00:00\.000Z$/)
  expect(rest).toEqual([])
})

test('the metrics: a row for each figure of fabric, clusters, time and nodes, with ranks of key figures', () => {
  const [head, ...rows] = [...metricsCsv(results, model, decisions)].join('').trimEnd().split('\n')
  expect(head).toBe('point,strategy,scope,group,metric,unit,estimate,low,high,n,method,rank')
  const cells = rows.map(row => row.split(','))
  expect(new Set(cells.map(row => row.length))).toEqual(new Set([12]))
  expect(new Set(cells.map(row => row[2]))).toEqual(new Set(['fabric', 'cluster', 'time', 'node']))
  const placed = cells.filter(row => row[2] === 'node' && row[4] === 'placements').map(row => Number(row[6]))
  expect(placed).toEqual([1, 0])
  const energy = cells.filter(row => row[2] === 'fabric' && row[4] === 'energy')
  expect(energy.every(row => row[11] !== '')).toBe(true)
})
