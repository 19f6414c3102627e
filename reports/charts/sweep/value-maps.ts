import type { Scale } from '../../format/scale.ts'
import { bestPolicies, findRow, isMeasured, scaleOf } from '../../lookup.ts'
import type { MetricInfo, Results } from '../../results.ts'
import type { Figure } from '../figure.ts'
import { fewGrids, type GridCell, titled } from './grid.ts'
import { type MapCell, type MapClass, mapFigure } from './map-figure.ts'
import { stepAt, stepClasses, unknownClasses } from './step-classes.ts'
import { digitsOf, inDigits, stepsOf } from './steps.ts'

/** Two factors or more: a map of each headline metric for each policy, all of a metric in the same colours. */
export function valueMaps(results: Results): Figure[] {
  const shown = fewGrids(results, results.policies.length)
  return results.metrics
    .filter(metric => metric.headline && shown.length > 0)
    .flatMap(metric => {
      const scale = scaleOf(results, metric)
      const rows = results.rows.filter(row => row.metric === metric.name && row.scope === 'fabric').filter(isMeasured)
      const values = rows.map(row => row.estimate * scale.factor)
      const steps = stepsOf(values)
      const classes = stepClasses(steps, scale, values)
      const digits = digitsOf(values)
      return shown.flatMap((grid, g) =>
        results.policies.map(({ label }, p) =>
          mapFigure({
            id: `map-${metric.name.replace(/\W+/g, '-')}-${g + 1}-${p + 1}`,
            title: titled(`${metric.title}: ${label}`, grid),
            group: metric.title,
            description: describe(results, metric, scale),
            grid,
            row: `at ${grid.facet}`,
            name: label,
            seriesHeader: 'policy',
            cell: cell => cellOf(cell, metric, label, scale, steps, classes, digits),
            classes: [...classes, ...unknownClasses],
            opacity: 1,
            unit: scale.symbol,
          }),
        ),
      )
    })
}

function cellOf(
  { view }: GridCell,
  metric: MetricInfo,
  policy: string,
  scale: Scale,
  steps: readonly number[],
  classes: readonly MapClass[],
  digits: number,
): MapCell {
  const row = findRow(view, policy, metric.name)
  if (!isMeasured(row)) {
    const word = row?.method === 'unbounded' ? 'unbounded' : 'not measured'
    return {
      class: word,
      label: word === 'unbounded' ? '\u221e' : '\u2013',
      value: Number.NaN,
      low: Number.NaN,
      high: Number.NaN,
    }
  }
  const [value, low, high] = [row.estimate, row.low, row.high].map(one => Number((one * scale.factor).toPrecision(5)))
  const step = stepAt(steps, row.estimate * scale.factor)
  return {
    class: classes[step].name,
    label: `${inDigits(value, digits)}${mark(view, metric, policy)}`,
    value,
    low,
    high,
  }
}

/** Who is best at that point. */
function mark(view: Results, metric: MetricInfo, policy: string): string {
  const best = bestPolicies(view, metric)
  if (best.length === view.policies.length || !best.includes(policy)) return ''
  return best[0] === policy ? '\u2009\u25cf' : '\u2009\u25cb'
}

function describe(results: Results, metric: MetricInfo, { symbol }: Scale): string {
  const marks = results.policies.length > 1 && metric.direction !== 'none'
  return `${metric.title}${symbol === '' ? '' : `, ${symbol}`}.${marks ? ' \u25cf best there, \u25cb not to be told from it.' : ''}`
}
