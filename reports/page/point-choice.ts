/** Curves of the other points of a sweep that have some, for whoever wants to see them: the page shows the first. */
import { isDeepStrictEqual } from 'node:util'
import type { Spec } from 'vega'
import type { TopLevelSpec } from 'vega-lite'
import type { Figure } from '../charts/figure.ts'
import { charts } from '../charts/index.ts'
import { isSweep, pointName } from '../factors.ts'
import { pointViews } from '../lookup.ts'
import type { Results } from '../results.ts'

/** A chart as the browser draws it. */
export type ChartData = Pick<Figure, 'id' | 'title' | 'series' | 'columns' | 'seriesHeader' | 'hover' | 'height'>

/** `S`: a spec as it is written, or compiled. */
export interface PointChoice<S> {
  readonly name: string
  /** Figures of the first point that have no match here are hidden. */
  readonly charts: readonly (ChartData & Pick<Figure, 'description' | 'table'> & { readonly spec: S | null })[]
}

/** What the shaded stretches and the time axis of all points have in common must not vary. */
const fixed = /failures|horizon|warmup/i

/** Curves of so many policies, over all points to choose from, make some four megabytes. */
const mostCurves = 36

/** Points with curves, the first one first; empty where there is nothing to choose. */
export function choicePoints(results: Results): Results[] {
  if (!isSweep(results) || results.factors.some(({ path }) => fixed.test(path))) return []
  const curved = pointViews(results)
    .filter(view => view.series.length > 0)
    .slice(0, Math.floor(mostCurves / results.policies.length))
  return curved.length > 1 ? curved : []
}

/** Figures of one point, of all charts that are about one point and not about its policies' differences or what was observed. */
export const pointFigures = (view: Results): (Figure & { section: string })[] =>
  charts
    .filter(({ section }) => section !== 'differences' && section !== 'verification')
    .flatMap(({ section, figures }) => figures(view).map(figure => ({ ...figure, section })))

export const chartData = ({ id, title, series, columns, seriesHeader, hover, height }: Figure): ChartData => ({
  id,
  title,
  series,
  columns,
  seriesHeader,
  hover,
  height,
})

/** All points to choose from; a spec is null where it is that of the first point's figure. */
export function pointChoices(results: Results, drawn: readonly Figure[]): PointChoice<TopLevelSpec>[] {
  const first = new Map(drawn.map(figure => [figure.id, figure.spec]))
  return choicePoints(results).map(view => ({
    name: pointName(results, view.points[0]),
    charts: pointFigures(view).map(figure => ({
      ...chartData(figure),
      description: figure.description,
      table: figure.table,
      spec: isDeepStrictEqual(first.get(figure.id), figure.spec) ? null : figure.spec,
    })),
  }))
}

/** The same with the specs compiled, which come in the order of the charts that have one. */
export function withSpecs(points: readonly PointChoice<unknown>[], compiled: readonly Spec[]): PointChoice<Spec>[] {
  let next = 0
  return points.map(({ name, charts: own }) => ({
    name,
    charts: own.map(chart => ({ ...chart, spec: chart.spec === null ? null : compiled[next++] })),
  }))
}

/** Figures that only later points have: the page needs a place for them, hidden at first. */
export function laterFigures(results: Results, drawn: readonly Figure[]): (Figure & { section: string })[] {
  const known = new Set(drawn.map(({ id }) => id))
  return choicePoints(results).flatMap(view =>
    pointFigures(view).filter(({ id }) => {
      if (known.has(id)) return false
      known.add(id)
      return true
    }),
  )
}
