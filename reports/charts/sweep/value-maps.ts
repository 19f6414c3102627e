import { formatNumber } from '../../format/number.ts'
import { quantity } from '../../format/quantity.ts'
import type { Scale } from '../../format/scale.ts'
import { bestPolicies, findRow, isMeasured, scaleOf } from '../../lookup.ts'
import type { MetricInfo, Results } from '../../results.ts'
import type { Figure } from '../figure.ts'
import { fewGrids, type GridCell, titled } from './grid.ts'
import { type MapCell, type MapClass, mapFigure } from './map-figure.ts'
import { stepsOf } from './steps.ts'

const unknown: readonly MapClass[] = ['unbounded', 'not measured'].map(name => ({
  name,
  fill: 'var(--line)',
  ink: 'currentColor',
}))

/** Two factors or more: a map of each headline metric for each policy, all of a metric in the same colours. */
export function valueMaps(results: Results): Figure[] {
  const shown = fewGrids(results, results.policies.length)
  return results.metrics
    .filter(metric => metric.headline && shown.length > 0)
    .flatMap(metric => {
      const scale = scaleOf(results, metric)
      const rows = results.rows.filter(row => row.metric === metric.name && row.scope === 'fabric').filter(isMeasured)
      const steps = stepsOf(rows.map(row => row.estimate * scale.factor))
      const classes = [...stepClasses(steps, scale), ...unknown]
      return shown.flatMap((grid, g) =>
        results.policies.map(({ label }, p) =>
          mapFigure({
            id: `map-${metric.name.replace(/\W+/g, '-')}-${g + 1}-${p + 1}`,
            title: titled(`${metric.title}: ${label}`, grid),
            group: metric.title,
            description: describe(results, metric),
            grid,
            name: label,
            seriesHeader: 'policy',
            cell: cell => cellOf(cell, metric, label, scale, steps, classes),
            classes,
            opacity: 1,
            unit: scale.symbol,
          }),
        ),
      )
    })
}

/** `0.5 to 1 %`, from pale to strong. */
function stepClasses(steps: readonly number[], { symbol }: Scale): MapClass[] {
  const unit = symbol === '' ? '' : `\u00a0${symbol}`
  const text = (value: number) => formatNumber(value, decimals(value))
  const decimals = (value: number) => Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(Math.abs(value) || 1))))
  return Array.from({ length: steps.length + 1 }, (_, i) => {
    const [from, to] = [steps[i - 1], steps[i]]
    const name =
      from === undefined
        ? to === undefined
          ? `all${unit}`
          : `< ${text(to)}${unit}`
        : to === undefined
          ? `\u2265 ${text(from)}${unit}`
          : `${text(from)}\u2013${text(to)}${unit}`
    const strength = Math.round(1 + (6 * i) / Math.max(1, steps.length))
    return { name, fill: `var(--heat-${strength})`, ink: strength > 4 ? 'var(--heat-ink)' : 'currentColor' }
  })
}

function cellOf(
  { view }: GridCell,
  metric: MetricInfo,
  policy: string,
  scale: Scale,
  steps: readonly number[],
  classes: readonly MapClass[],
): MapCell {
  const row = findRow(view, policy, metric.name)
  if (!isMeasured(row)) {
    const word = row?.method === 'unbounded' ? 'unbounded' : 'not measured'
    return { class: word, label: word === 'unbounded' ? '\u221e' : '\u2013', value: Number.NaN, low: Number.NaN, high: Number.NaN }
  }
  const [value, low, high] = [row.estimate, row.low, row.high].map(one => Number((one * scale.factor).toPrecision(5)))
  const step = steps.filter(from => value >= from).length
  const digits = quantity(row.estimate, row.low, row.high, { ...scale, symbol: '' }).value
  return { class: classes[step].name, label: `${digits}${mark(view, metric, policy)}`, value, low, high }
}

/** Who is best at that point. */
function mark(view: Results, metric: MetricInfo, policy: string): string {
  const best = bestPolicies(view, metric)
  if (best.length === view.policies.length || !best.includes(policy)) return ''
  return best[0] === policy ? '\u2009\u25cf' : '\u2009\u25cb'
}

const describe = (results: Results, metric: MetricInfo): string =>
  `${metric.description}${results.policies.length > 1 && metric.direction !== 'none' ? ' \u25cf best there, \u25cb not to be told from it.' : ''}`
