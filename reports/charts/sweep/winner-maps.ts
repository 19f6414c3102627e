import { bestPolicies, pointViews, ranked, scaleOf } from '../../lookup.ts'
import type { MetricInfo, Results } from '../../results.ts'
import type { Figure } from '../figure.ts'
import { palette } from '../theme.ts'
import { fewGrids, type GridCell, titled } from './grid.ts'
import { type MapCell, mapFigure } from './map-figure.ts'
import { digitsOf, inDigits } from './steps.ts'

const shared = 'cannot be told apart'
const nobody = 'nothing measured'

/** Two factors or more: which policy is best where, by each headline metric that has a better side. */
export function winnerMaps(results: Results): Figure[] {
  if (results.policies.length < 2) return []
  const colours = palette(results.policies.length)
  const classes = [
    ...results.policies.map(({ label }, i) => ({ name: label, fill: colours[i], ink: 'currentColor' })),
    ...[shared, nobody].map(name => ({ name, fill: 'var(--muted)', ink: 'currentColor' })),
  ]
  return results.metrics
    .filter(metric => metric.headline && metric.direction !== 'none')
    .flatMap(metric => {
      const bests = pointViews(results).flatMap(view => ranked(view, metric).slice(0, 1))
      const digits = digitsOf(bests.map(row => row.estimate))
      return fewGrids(results, 1).map((grid, g) =>
        mapFigure({
          id: `winner-${metric.name.replace(/\W+/g, '-')}-${g + 1}`,
          title: titled(`Best by ${metric.title.toLowerCase()}`, grid),
          group: metric.title,
          description: `Which policy is best at each point; grey where the best cannot be told from the next. The figure is the best one\u2019s, ${metric.title.toLowerCase()}${unitOf(results, metric)}.`,
          grid,
          row: 'best',
          name: metric.name,
          seriesHeader: 'metric',
          cell: cell => cellOf(results, cell, metric, digits),
          classes,
          opacity: 0.42,
          unit: scaleOf(results, metric).symbol,
        }),
      )
    })
}

const unitOf = (results: Results, metric: MetricInfo): string => {
  const { symbol } = scaleOf(results, metric)
  return symbol === '' ? '' : ` in ${symbol}`
}

function cellOf(results: Results, { view }: GridCell, metric: MetricInfo, digits: number): MapCell {
  const [first] = ranked(view, metric)
  if (first === undefined)
    return { class: nobody, label: '\u2013', value: Number.NaN, low: Number.NaN, high: Number.NaN }
  const best = bestPolicies(view, metric)
  const scale = scaleOf(results, metric)
  const [value, low, high] = [first.estimate, first.low, first.high].map(one =>
    Number((one * scale.factor).toPrecision(5)),
  )
  return { class: best.length > 1 ? shared : best[0], label: inDigits(value, digits), value, low, high }
}
