import { scaleFor } from '../format/scale.ts'
import type { PolicyDistribution, Results } from '../results.ts'
import { at, bounds, medians, quantileTable } from './curve-words.ts'
import { type Figure, type FigureSeries, round } from './figure.ts'
import { config, heightWith, lineEncoding } from './theme.ts'

export interface CurveChart {
  readonly id: string
  readonly title: string
  readonly what: string
  readonly metric: string
  /** Share of jobs up to a value, or beyond it on a logarithmic axis. */
  readonly kind: 'cumulative' | 'tail'
  readonly xTitle: string
}

/** Curves of one sample, logarithmic in the value; nothing where fewer than two positive values are known. */
export function curveFigure(results: Results, chart: CurveChart): Figure[] {
  const rows = results.distributions.filter(row => row.metric === chart.metric)
  const values = rows.flatMap(row => row.value.filter((value): value is number => value !== null && value > 0))
  const [least, most] = [Math.min(...values), Math.max(...values)]
  if (values.length < 2 || least === most) return []
  const scale = scaleFor(rows[0].unit, false, typical(rows))
  const series = rows.map(row => curve(row, chart, scale.factor))
  const unit = scale.symbol
  const labels = series.map(({ name }) => name)
  const height = heightWith(labels, 230)
  return [
    {
      id: chart.id,
      title: chart.title,
      description: `${chart.what} ${medians(rows)}${bounds(rows)}`,
      height,
      seriesHeader: 'policy',
      series,
      columns: [
        { field: 'x', header: unit === '' ? chart.metric : `${chart.metric}_${unit}` },
        { field: 'share', header: chart.kind === 'tail' ? 'share_beyond_percent' : 'share_up_to_percent' },
      ],
      hover: { kind: 'x', x: 'x', xUnit: unit, y: 'share', yUnit: '%', interval: false },
      table: quantileTable(rows, scale.factor, unit),
      spec: {
        config,
        width: 560,
        height,
        autosize: { type: 'fit', contains: 'padding' },
        data: { name: 'rows' },
        mark: { type: 'line', clip: true, strokeWidth: 1.8, strokeJoin: 'round' },
        encoding: {
          x: {
            field: 'x',
            type: 'quantitative',
            title: unit === '' ? chart.xTitle : `${chart.xTitle}, ${unit}`,
            scale: { type: 'log', nice: false },
            axis: {
              grid: true,
              format: '~r',
              values: logTicks(least * scale.factor, most * scale.factor),
              labelOverlap: 'greedy',
            },
          },
          y: {
            field: 'share',
            type: 'quantitative',
            title: chart.kind === 'tail' ? '% of jobs beyond' : '% of jobs up to here',
            scale: chart.kind === 'tail' ? { type: 'log', domain: [0.1, 100] } : { domain: [0, 100] },
            axis: { format: '~r', ...(chart.kind === 'tail' ? { values: [0.1, 1, 10, 100] } : { tickCount: 5 }) },
          },
          ...lineEncoding(labels),
        },
      },
    },
  ]
}

/** Points with a positive, bounded value: others have no place on a logarithmic axis. */
function curve(row: PolicyDistribution, chart: CurveChart, factor: number): FigureSeries {
  const points = row.p.flatMap((p, i) => {
    const value = row.value[i]
    const share = chart.kind === 'tail' ? 100 * (1 - p) : 100 * p
    return value === null || value <= 0 ? [] : [{ x: round(value * factor), share: round(share) }]
  })
  return { name: row.policy, values: { x: points.map(point => point.x), share: points.map(point => point.share) } }
}

/** What decides the unit: of the median and a tenth of the 99th percentile, the greatest. */
const typical = (rows: readonly PolicyDistribution[]): number =>
  Math.max(...rows.flatMap(row => [at(row, 0.5) ?? 0, (at(row, 0.99) ?? 0) / 10]))

/** Few lines where the axis spans many decades. */
function logTicks(least: number, most: number): number[] {
  const first = Math.floor(Math.log10(least))
  const decades = Array.from({ length: Math.ceil(Math.log10(most)) - first + 1 }, (_, i) => 10 ** (first + i))
  const steps = decades.length > 5 ? [1] : decades.length > 3 ? [1, 3] : [1, 2, 3, 5]
  return decades
    .flatMap(decade => steps.map(step => Number((decade * step).toPrecision(3))))
    .filter(tick => tick >= least && tick <= most)
}
