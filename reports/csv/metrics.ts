import { type Model, nodeName } from '../../engine/model.ts'
import { csvRow } from '../../runner/output/csv.ts'
import { pointName } from '../factors.ts'
import { pointViews } from '../lookup.ts'
import type { PolicyDecisions } from '../parquet.ts'
import { rankedFigures, ranksOf } from '../ranks.ts'
import type { PolicySeries, Results } from '../results.ts'

const head = ['point', 'strategy', 'scope', 'group', 'metric', 'unit', 'estimate', 'low', 'high', 'n', 'method', 'rank']

/**
 * All figures as one tidy table, in the engine's units. Scope `fabric` and `cluster`: every metric with its interval and,
 * of key figures, the rank; `time`: means over a bin that begins at `group` seconds; `node`: placements of the first
 * replication, and their mean carbon intensity.
 */
export function* metricsCsv(results: Results, model: Model, policies: Iterable<PolicyDecisions>): Generator<string> {
  yield csvRow(head)
  for (const view of pointViews(results)) {
    const point = results.points.length > 1 ? pointName(results, view.points[0]) : ''
    const ranks = new Map(rankedFigures(view).map(metric => [metric.name, ranksOf(view, metric)]))
    for (const { policy, scope, metric, unit, estimate, low, high, n, method } of view.rows) {
      const isFabric = scope === 'fabric'
      const rank = isFabric ? (ranks.get(metric)?.get(policy) ?? null) : null
      const where = [isFabric ? 'fabric' : 'cluster', isFabric ? '' : scope]
      yield csvRow([point, policy, ...where, metric, unit, estimate, low, high, n, method, rank])
    }
    for (const series of view.series) yield timeRows(point, series, results.scenario.replications)
  }
  const first = results.points.length > 1 ? pointName(results, results.points[0]) : ''
  for (const { policy, decisions } of policies) yield nodeRows(first, policy, decisions, model)
}

function timeRows(point: string, series: PolicySeries, n: number): string {
  const bands = [
    ['waiting', 'jobs', series.waiting],
    ['running', 'jobs', series.running],
    ['utilisation', '1', series.utilisation],
    ['power', 'W', series.watts],
    ['completed', 'jobs', series.completed],
    ['deadlineMisses', 'jobs', series.deadlineMisses],
  ] as const
  return bands
    .flatMap(([metric, unit, band]) =>
      series.timeS.map((middle, i) => {
        const begin = middle - series.binWidthS / 2
        const { mean, low, high } = band
        return csvRow([point, series.policy, 'time', begin, metric, unit, mean[i], low[i], high[i], n, 'series', null])
      }),
    )
    .join('')
}

function nodeRows(
  point: string,
  policy: string,
  { node, intensity }: PolicyDecisions['decisions'],
  model: Model,
): string {
  const count = new Float64Array(model.nodeCluster.length)
  const grams = new Float64Array(count.length)
  for (const [i, at] of node.entries()) {
    count[at]++
    grams[at] += intensity[i]
  }
  let text = ''
  for (const [at, placements] of count.entries()) {
    const row = (metric: string, unit: string, value: number) =>
      csvRow([
        point,
        policy,
        'node',
        nodeName(model, at),
        metric,
        unit,
        value,
        value,
        value,
        1,
        'first replication',
        null,
      ])
    text += row('placements', 'attempts', placements)
    if (placements > 0 && !Number.isNaN(grams[at])) text += row('ciScore', 'g/kWh', grams[at] / placements)
  }
  return text
}
