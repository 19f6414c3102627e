/** Points of a sweep, by the metric that decides. */
import { bestPolicies, type MeasuredRow, metricInfo, pointViews, ranked } from '../lookup.ts'
import type { MetricInfo, Point, Results } from '../results.ts'
import { decides, rowsOf, type Stake, stakes } from './stakes.ts'

export interface Place {
  readonly view: Results
  readonly point: Point
  /** Measured rows of the metric, best first. */
  readonly rows: readonly MeasuredRow[]
  /** The first, and whoever cannot be told from it. */
  readonly best: readonly string[]
}

/** By what a sweep is judged, and where anything was measured of it. */
export interface Judgement {
  readonly stake: Stake
  readonly metric: MetricInfo
  readonly places: readonly Place[]
}

/** The first stake by which policies differ anywhere; undefined where nothing was measured. */
export function judge(results: Results): Judgement | undefined {
  const views = pointViews(results)
  const stake =
    stakes.find(candidate => views.some(view => decides(view, candidate))) ??
    stakes.find(({ metric }) => views.some(view => rowsOf(view, metric).length > 0))
  const metric = stake && metricInfo(results, stake.metric)
  if (stake === undefined || metric === undefined) return undefined
  const places = views
    .map(view => ({ view, point: view.points[0], rows: ranked(view, metric), best: bestPolicies(view, metric) }))
    .filter(place => place.rows.length > 0)
  return { stake, metric, places }
}

/** Points that say nothing, in words. */
export function silentPoints(results: Results, places: readonly Place[]): string {
  const count = results.points.length - places.length
  return count === 0 ? '' : `; at ${count === 1 ? 'one' : count} nothing could be measured, or it is unbounded`
}
