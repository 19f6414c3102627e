import { namedFactors } from '../../factors.ts'
import { single } from '../../format/quantity.ts'
import type { Scale } from '../../format/scale.ts'
import { findRow, isMeasured, pointViews, scaleOf } from '../../lookup.ts'
import type { MetricInfo, Results } from '../../results.ts'
import type { Figure } from '../figure.ts'
import { axisOrder } from './axis-order.ts'
import { type LevelChart, type LevelValue, levelFigure } from './level-figure.ts'

/** One factor: each headline metric against its levels, a line or a row of dots for each policy. */
export function levelLines(results: Results): Figure[] {
  const [factor, ...others] = namedFactors(results)
  if (factor === undefined || others.length > 0) return []
  return results.metrics
    .filter(metric => metric.headline)
    .flatMap(metric => {
      const scale = scaleOf(results, metric)
      const series = results.policies.map(({ label }) => ({ name: label, cells: cellsOf(results, metric, label) }))
      if (!series.some(({ cells }) => cells.some(cell => typeof cell !== 'string' && cell.value > 0))) return []
      const id = `level-${metric.name.replace(/\W+/g, '-')}`
      const chart = {
        id,
        title: metric.title,
        factor,
        seriesHeader: 'policy',
        series,
        scale,
        against: 'nothing',
      } as const
      return [levelFigure({ ...chart, description: describe(metric, chart, scale) })]
    })
}

/** In the order of the factor's levels. */
function cellsOf(results: Results, metric: MetricInfo, policy: string): (LevelValue | string)[] {
  const [{ path, levels }] = namedFactors(results)
  const views = pointViews(results)
  return levels.map(level => {
    const view = views.find(({ points: [point] }) => point.levels[path] === level)
    const row = view && findRow(view, policy, metric.name)
    if (isMeasured(row)) return { value: row.estimate, low: row.low, high: row.high }
    return row?.method === 'unbounded' ? 'unbounded' : 'not measured'
  })
}

/** What the metric is, and where each policy begins and ends. */
function describe(metric: MetricInfo, { factor, series }: Omit<LevelChart, 'description'>, scale: Scale): string {
  const order = axisOrder(factor)
  const [first, last] = [order[0], order[order.length - 1]]
  const word = (cell: LevelValue | string) => (typeof cell === 'string' ? cell : single(cell.value, scale))
  const bare = (cell: LevelValue | string) =>
    typeof cell === 'string' ? cell : single(cell.value, { ...scale, symbol: '' })
  const ends = series.map(({ name, cells }) => `${name} ${bare(cells[first])} and ${word(cells[last])}`)
  const at = `${factor.name} ${factor.levels[first]} and ${factor.levels[last]}`
  return `${metric.description} At ${at}: ${ends.join('; ')}.`
}
