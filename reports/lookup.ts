/** Questions that several parts of the page ask of the results. */
import { differenceScale, type Scale, scaleFor } from './format/scale.ts'
import type { Comparison, MetricInfo, ResultRow, Results } from './results.ts'

/** A row with a finite estimate. */
export type MeasuredRow = ResultRow & { estimate: number; low: number; high: number }

export const isMeasured = (row: ResultRow | undefined): row is MeasuredRow => row !== undefined && row.estimate !== null

export const findRow = (results: Results, policy: string, metric: string, scope = 'fabric'): ResultRow | undefined =>
  results.rows.find(row => row.policy === policy && row.metric === metric && row.scope === scope)

/** Measured rows of a metric, in the order of policies. */
export const measuredRows = (results: Results, metric: string, scope = 'fabric'): MeasuredRow[] =>
  results.policies.map(policy => findRow(results, policy.label, metric, scope)).filter(isMeasured)

export function metricInfo(results: Results, name: string): MetricInfo | undefined {
  return results.metrics.find(metric => metric.name === name)
}

const views = new WeakMap<Results, Results[]>()

/** The results of each point as if it were alone. */
export function pointViews(results: Results): Results[] {
  const known = views.get(results) ?? splitPoints(results)
  views.set(results, known)
  return known
}

function splitPoints(results: Results): Results[] {
  const rows = byPoint(results.rows)
  const comparisons = byPoint(results.comparisons)
  return results.points.map(point => {
    const here = (row: { point: number | null }) => row.point === point.index
    return {
      ...results,
      points: [point],
      rows: rows.get(point.index) ?? [],
      comparisons: comparisons.get(point.index) ?? [],
      expectations: results.expectations.filter(here),
      series: results.series.filter(here),
      distributions: results.distributions.filter(here),
      warnings: results.warnings.filter(here),
      errors: results.errors.filter(here),
    }
  })
}

function byPoint<T extends { point: number }>(rows: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const row of rows) {
    const group = groups.get(row.point)
    if (group === undefined) groups.set(row.point, [row])
    else group.push(row)
  }
  return groups
}

/**
 * One scale for all values of a metric, so that a column can be compared at a glance: that of the greatest, over a
 * sweep that of the middle one, since some points of it may be extreme.
 */
export function scaleOf(results: Results, metric: MetricInfo, everyScope = false): Scale {
  const rows = results.rows.filter(row => row.metric === metric.name && (row.scope !== 'fabric') === everyScope)
  const values = rows.flatMap(row => row.estimate ?? []).sort((a, b) => a - b)
  const middle = values[Math.floor(values.length / 2)]
  return scaleFor(metric.unit, metric.share, (results.points.length > 1 ? middle : values.at(-1)) ?? 0)
}

export const differenceScaleOf = (metric: MetricInfo, largest: number): Scale =>
  differenceScale(metric.unit, metric.share, largest)

/** The comparison a − b, turned round if it was made as b − a. */
export function comparison(results: Results, metric: string, a: string, b: string): Comparison | undefined {
  const pair = results.comparisons.find(
    row => row.metric === metric && ((row.a === a && row.b === b) || (row.a === b && row.b === a)),
  )
  if (pair === undefined || pair.a === a) return pair
  return { ...pair, a, b, difference: -pair.difference, low: -pair.high, high: -pair.low }
}

/** Measured rows of a metric, best first; ties keep the order of policies. */
export function ranked(results: Results, metric: MetricInfo): MeasuredRow[] {
  const sign = metric.direction === 'higher' ? -1 : 1
  return measuredRows(results, metric.name).sort((a, b) => sign * (a.estimate - b.estimate))
}

/** Labels of the policies that cannot be told from the best one, the best first. */
export function bestPolicies(results: Results, metric: MetricInfo): string[] {
  if (metric.direction === 'none') return []
  const [best, ...others] = ranked(results, metric)
  if (best === undefined) return []
  const close = others.filter(row => comparison(results, metric.name, best.policy, row.policy)?.significant === false)
  return [best.policy, ...close.map(row => row.policy)]
}
