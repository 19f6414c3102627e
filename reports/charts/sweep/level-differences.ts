import { namedFactors } from '../../factors.ts'
import { comparison, differenceScaleOf, pointViews } from '../../lookup.ts'
import type { Comparison, MetricInfo, Results } from '../../results.ts'
import type { Figure } from '../figure.ts'
import { levelFigure } from './level-figure.ts'
import { type Pair, pairsOf } from './pairs.ts'

/** One factor: paired differences of each headline metric that has a better side, against zero. */
export function levelDifferences(results: Results): Figure[] {
  const [factor, ...others] = namedFactors(results)
  if (factor === undefined || others.length > 0) return []
  return results.metrics
    .filter(metric => metric.headline && metric.direction !== 'none')
    .flatMap(metric => {
      const series = pairsOf(results, metric).map(pair => ({ name: pair.name, rows: rowsOf(results, metric, pair) }))
      const known = series.flatMap(({ rows }) => rows.filter(row => row !== undefined))
      if (!known.some(row => row.difference !== 0)) return []
      const largest = Math.max(...known.flatMap(row => [row.difference, row.low, row.high].map(Math.abs)))
      return [
        levelFigure({
          id: `level-difference-${metric.name.replace(/\W+/g, '-')}`,
          title: `${metric.title}: differences`,
          description: describe(metric, factor.numeric !== null, known),
          factor,
          seriesHeader: 'pair',
          series: series.map(({ name, rows }) => ({ name, cells: rows.map(cellOf) })),
          scale: differenceScaleOf(metric, largest),
          against: 'zero',
        }),
      ]
    })
}

/** In the order of the factor's levels. */
function rowsOf(results: Results, metric: MetricInfo, { a, b }: Pair): (Comparison | undefined)[] {
  const [{ path, levels }] = namedFactors(results)
  return levels.map(level => {
    const view = pointViews(results).find(({ points: [point] }) => point.levels[path] === level)
    return view && comparison(view, metric.name, a, b)
  })
}

const cellOf = (row: Comparison | undefined) =>
  row === undefined ? 'not comparable' : { value: row.difference, low: row.low, high: row.high }

function describe(metric: MetricInfo, lines: boolean, known: readonly Comparison[]): string {
  const [below, above] = lines ? ['Below', 'Above'] : ['Left of', 'Right of']
  const side = `${metric.direction === 'lower' ? below : above} zero`
  const told = known.filter(row => row.significant).length
  return `First minus second. ${side} the first is better. ${told} of ${known.length} differences are beyond chance.`
}
