import type { Scale } from '../../format/scale.ts'
import { comparison, differenceScaleOf } from '../../lookup.ts'
import type { MetricInfo, Results } from '../../results.ts'
import type { Figure } from '../figure.ts'
import { fewGrids, type GridCell, titled } from './grid.ts'
import { type MapCell, mapFigure } from './map-figure.ts'
import { type Pair, pairsOf } from './pairs.ts'
import { digitsOf, inDigits } from './steps.ts'

const [first, second, neither, nothing] = [
  'the first is better',
  'the second is better',
  'cannot be told apart',
  'not comparable',
]
const classes = [
  { name: first, fill: 'var(--series-1)', ink: 'currentColor' },
  { name: second, fill: 'var(--series-2)', ink: 'currentColor' },
  { name: neither, fill: 'var(--line)', ink: 'currentColor' },
  { name: nothing, fill: 'var(--raised)', ink: 'currentColor' },
]

/** Two factors or more: paired differences of each headline metric that has a better side. */
export function differenceMaps(results: Results): Figure[] {
  return results.metrics
    .filter(metric => metric.headline && metric.direction !== 'none')
    .flatMap(metric => {
      const rows = results.comparisons.filter(row => row.metric === metric.name)
      if (!rows.some(row => row.difference !== 0)) return []
      const pairs = pairsOf(results, metric)
      const scale = differenceScaleOf(metric, median(rows.map(row => Math.abs(row.difference))))
      const digits = digitsOf(rows.map(row => row.difference))
      return fewGrids(results, pairs.length).flatMap((grid, g) =>
        pairs.map((pair, p) =>
          mapFigure({
            id: `difference-map-${metric.name.replace(/\W+/g, '-')}-${g + 1}-${p + 1}`,
            title: titled(`${metric.title}: ${pair.name}`, grid),
            group: metric.title,
            description: `First minus second${scale.symbol === '' ? '' : `, in ${scale.symbol}`}, on the same luck.`,
            grid,
            row: `at ${grid.facet}`,
            name: pair.name,
            seriesHeader: 'pair',
            cell: cell => cellOf(cell, metric, pair, scale, digits),
            classes,
            opacity: 0.42,
            unit: scale.symbol,
          }),
        ),
      )
    })
}

function cellOf({ view }: GridCell, metric: MetricInfo, { a, b }: Pair, scale: Scale, digits: number): MapCell {
  const row = comparison(view, metric.name, a, b)
  if (row === undefined)
    return { class: nothing, label: '\u2013', value: Number.NaN, low: Number.NaN, high: Number.NaN }
  const [value, low, high] = [row.difference, row.low, row.high].map(one => Number((one * scale.factor).toPrecision(5)))
  const verdict = row.better === null ? neither : row.better === a ? first : second
  return { class: verdict, label: inDigits(value, digits), value, low, high }
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
