/** One quantity against the levels of one factor: lines with bands where levels are numbers, else dots with intervals. */
import type { NamedFactor } from '../../factors.ts'
import { quantity } from '../../format/quantity.ts'
import { headerUnit, type Scale } from '../../format/scale.ts'
import type { Figure, FigureSeries, FigureTable } from '../figure.ts'
import { round } from '../figure.ts'
import { axisOrder } from './axis-order.ts'
import { dotSpec } from './dot-spec.ts'
import { levelHeight } from './legend.ts'
import { lineSpec } from './line-spec.ts'

/** In the engine's units. */
export interface LevelValue {
  readonly value: number
  readonly low: number
  readonly high: number
}

export interface LevelChart {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly factor: NamedFactor
  /** What stands in column `series` of the CSV. */
  readonly seriesHeader: string
  /** A value for each level; a word where there is none. */
  readonly series: readonly { readonly name: string; readonly cells: readonly (LevelValue | string)[] }[]
  readonly scale: Scale
  /** Differences are drawn against zero. */
  readonly against: 'nothing' | 'zero'
}

export function levelFigure(chart: LevelChart): Figure {
  const { factor, scale } = chart
  const series = chart.series.map(one => columnsOf(one, chart))
  const unit = scale.symbol
  const lines = factor.numeric !== null
  const names = series.map(({ name }) => name)
  const height = levelHeight(
    names,
    chart.against,
    lines ? 190 : 50 + factor.levels.length * Math.max(26, 10 + 13 * series.length),
  )
  return {
    id: chart.id,
    title: chart.title,
    description: chart.description,
    height,
    seriesHeader: chart.seriesHeader,
    series,
    columns: [
      { field: 'level', header: factor.name },
      ...['value', 'low', 'high'].map(field => ({
        field,
        header: unit === '' ? field : `${field}_${headerUnit(unit)}`,
      })),
    ],
    hover: lines
      ? { kind: 'x', x: 'x', xUnit: '', y: 'value', yUnit: unit, interval: true, title: 'level', reach: 400 }
      : { kind: 'mark', x: '', xUnit: '', y: 'value', yUnit: unit, interval: true, title: 'at' },
    table: tableOf(chart),
    spec: (lines ? lineSpec : dotSpec)(factor, series, unit, height, chart.against),
  }
}

/** In the order of the factor's axis. */
function columnsOf({ name, cells }: LevelChart['series'][number], { factor, scale }: LevelChart): FigureSeries {
  const order = axisOrder(factor)
  const column = (of: (cell: LevelValue) => number) =>
    order.map(i => {
      const cell = cells[i]
      return typeof cell === 'string' ? Number.NaN : round(of(cell) * scale.factor)
    })
  const levels = order.map(i => factor.levels[i])
  return {
    name,
    values: {
      x: order.map(i => factor.numeric?.values[i] ?? i),
      value: column(cell => cell.value),
      low: column(cell => cell.low),
      high: column(cell => cell.high),
    },
    texts: { level: levels, at: levels.map(level => `${name}, ${factor.name} ${level}`) },
  }
}

function tableOf({ factor, series, scale, title }: LevelChart): FigureTable {
  const cell = (value: LevelValue | string) => {
    if (typeof value === 'string') return value
    const text = quantity(value.value, value.low, value.high, { ...scale, symbol: '' })
    return text.interval === '' ? text.value : `${text.value} (${text.interval})`
  }
  return {
    caption: `${title}${scale.symbol === '' ? '' : `, ${scale.symbol}`}; with 95\u00a0% interval where there is one`,
    head: [factor.name, ...series.map(({ name }) => name)],
    rows: axisOrder(factor).map(i => [factor.levels[i], ...series.map(({ cells }) => cell(cells[i]))]),
  }
}
