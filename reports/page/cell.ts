import { quantity } from '../format/quantity.ts'
import type { Scale } from '../format/scale.ts'
import { isMeasured, scaleOf } from '../lookup.ts'
import type { MetricInfo, ResultRow, Results } from '../results.ts'

/** One figure of a table. */
export interface Cell {
  value: string
  interval: string
  /** Raw number for sorting; empty where there is none. */
  sort: string
  /** Why there is no number. */
  note: string
  best: boolean
  /** Not distinguishable from the best. */
  close: boolean
  /** Where the value and its interval lie within the column. */
  whisker: Whisker | null
}

/** Positions from 0 to 100 within the column's range. */
export interface Whisker {
  low: number
  high: number
  width: number
  at: number
}

/** Counts need no unit: the head of the column says what is counted. */
export function cellScale(results: Results, metric: MetricInfo, everyScope = false): Scale {
  const scale = scaleOf(results, metric, everyScope)
  return scale.symbol === metric.unit && ['jobs', 'attempts'].includes(metric.unit) ? { ...scale, symbol: '' } : scale
}

/** A cell without marks. */
export function cellOf(row: ResultRow | undefined, scale: Scale, range?: readonly [number, number]): Cell {
  if (!isMeasured(row)) {
    const note = row?.method === 'unbounded' ? 'unbounded' : 'not measured'
    return {
      value: '',
      interval: '',
      sort: row?.method === 'unbounded' ? 'Infinity' : '',
      note,
      best: false,
      close: false,
      whisker: null,
    }
  }
  const cell = {
    ...quantity(row.estimate, row.low, row.high, scale),
    sort: String(row.estimate),
    note: '',
    best: false,
    close: false,
    whisker: null,
  }
  return range === undefined || range[0] === range[1] ? cell : { ...cell, whisker: whiskerOf(row, range) }
}

function whiskerOf(
  row: { estimate: number; low: number; high: number },
  [from, to]: readonly [number, number],
): Whisker {
  const place = (value: number) => Math.round(4 + (92 * (value - from)) / (to - from))
  const [low, high] = [place(row.low), place(row.high)]
  return { low, high, width: Math.max(1, high - low), at: place(row.estimate) }
}
