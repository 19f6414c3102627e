import { decimalsFor, formatNumber } from '../format/number.ts'
import type { FigureSeries, FigureTable } from './figure.ts'
import type { TimeAxis } from './time-axis.ts'

const mostRows = 48

/** Every n-th bin of all series side by side, so that a table stays readable; the CSV has them all. */
export function timeTable(
  series: readonly FigureSeries[],
  axis: TimeAxis,
  field: string,
  unit: string,
  intervals: boolean,
): FigureTable {
  const longest = series.reduce((a, b) => (a.values.t.length >= b.values.t.length ? a : b))
  const step = Math.max(1, Math.ceil(longest.values.t.length / mostRows))
  const picked = longest.values.t.flatMap((t, i) => (i % step === 0 ? [{ t, i }] : []))
  const thinned = step === 1 ? '' : `; every ${ordinal(step)} bin, the CSV file has all`
  return {
    caption: `${unit}${intervals ? ', with 95\u00a0% interval' : ''}${thinned}`,
    head: [axis.unit, ...series.map(({ name }) => name)],
    rows: picked.map(({ t, i }) => [
      formatNumber(t, t < 10 ? 2 : 1),
      ...series.map(row => cell(row, field, i, intervals)),
    ]),
  }
}

function cell({ values }: FigureSeries, field: string, i: number, intervals: boolean): string {
  const value = values[field][i]
  if (value === undefined) return ''
  const decimals = Math.min(3, decimalsFor(value, intervals ? (values.high[i] - values.low[i]) / 2 : 0))
  const text = formatNumber(value, decimals)
  return intervals
    ? `${text} (${formatNumber(values.low[i], decimals)}\u2013${formatNumber(values.high[i], decimals)})`
    : text
}

const ordinal = (n: number): string => (n === 2 ? 'second' : n === 3 ? 'third' : `${n}th`)
