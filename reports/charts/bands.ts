import { formatNumber, plain } from '../format/number.ts'
import { headerUnit, type Scale } from '../format/scale.ts'
import type { Band, PolicySeries, Results } from '../results.ts'
import { type Figure, type FigureSeries, round } from './figure.ts'
import { heightWith, lineEncoding } from './theme.ts'
import { timeAxis } from './time-axis.ts'
import { timeEncoding, timeSpec } from './time-layers.ts'
import { timeTable } from './time-table.ts'

/** Policies that a description names: of more, those with the highest peaks. */
const mostNamed = 4

export interface BandChart {
  readonly id: string
  readonly title: string
  /** First sentence of the description. */
  readonly what: string
  /** CSV name of the quantity, without its unit. */
  readonly column: string
  readonly band: (series: PolicySeries) => Band
  readonly scale: Scale
}

/** A line and a band for each policy over time; nothing where all is zero. */
export function bandFigure(results: Results, chart: BandChart): Figure[] {
  const axis = timeAxis(results)
  const series = results.series.map(policy => bandSeries(policy, chart, axis.unitS))
  if (!series.some(({ values }) => values.mean.some(value => value > 0))) return []
  const unit = chart.scale.symbol
  const labels = series.map(({ name }) => name)
  const y = { type: 'quantitative' as const, title: unit, axis: { tickCount: 4 }, scale: { zero: true } }
  const colour = lineEncoding(labels).color
  const height = heightWith(labels, 190)
  return [
    {
      id: chart.id,
      title: chart.title,
      description: describe(chart, series, axis.unit),
      height,
      seriesHeader: 'policy',
      series,
      columns: [
        { field: 't', header: `time_${axis.unit}` },
        ...['mean', 'low', 'high'].map(field => ({
          field,
          header: `${chart.column}_${field}_${headerUnit(unit)}`,
        })),
      ],
      hover: { kind: 'x', x: 't', xUnit: axis.unit, y: 'mean', yUnit: unit, interval: hasIntervals(results) },
      table: timeTable(series, axis, 'mean', unit, hasIntervals(results)),
      spec: timeSpec(axis, height, [
        {
          mark: { type: 'area', clip: true, opacity: 0.22 },
          encoding: { x: timeEncoding(axis), y: { ...y, field: 'low' }, y2: { field: 'high' }, color: colour },
        },
        {
          mark: { type: 'line', clip: true, strokeWidth: 1.6, strokeJoin: 'round' },
          encoding: { x: timeEncoding(axis), y: { ...y, field: 'mean' }, ...lineEncoding(labels) },
        },
      ]),
    },
  ]
}

export const hasIntervals = (results: Results): boolean => results.rows.some(row => row.method === 't')

function bandSeries(policy: PolicySeries, chart: BandChart, unitS: number): FigureSeries {
  const { mean, low, high } = chart.band(policy)
  const scaled = (column: readonly number[]) => column.map(value => round(value * chart.scale.factor))
  return {
    name: policy.policy,
    values: {
      t: policy.timeS.map(time => round(time / unitS)),
      mean: scaled(mean),
      low: scaled(low),
      high: scaled(high),
    },
  }
}

function describe(chart: BandChart, series: readonly FigureSeries[], timeUnit: string): string {
  const tops = series.map(({ name, values }) => ({ name, values, top: values.mean.indexOf(Math.max(...values.mean)) }))
  if (tops.length > mostNamed) tops.sort((a, b) => b.values.mean[b.top] - a.values.mean[a.top])
  const peaks = tops.slice(0, mostNamed).map(({ name, values, top }) => {
    return `${name} ${plain(values.mean[top])}\u00a0${chart.scale.symbol} at ${formatNumber(values.t[top], 0)}\u00a0${timeUnit}`
  })
  return `${chart.what} Highest: ${peaks.join(', ')}.`
}
