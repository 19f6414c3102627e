import { quantity } from '../format/quantity.ts'
import type { Scale } from '../format/scale.ts'
import { bestPolicies, findRow, isMeasured, measuredRows, scaleOf } from '../lookup.ts'
import type { MetricInfo, ResultRow, Results } from '../results.ts'

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

export interface Column {
  title: string
  description: string
  /** `lower is better`, … */
  hint: string
}

export interface PolicyTable {
  columns: Column[]
  rows: { label: string; summary: string; options: string; cells: Cell[] }[]
}

const hints = { lower: 'lower is better', higher: 'higher is better', none: '' } as const

/** Policies × headline metrics, those of which anything was measured. */
export function policyTable(results: Results): PolicyTable {
  const shown = results.metrics.filter(
    metric => metric.headline && results.policies.some(({ label }) => wasMeasured(results, label, metric)),
  )
  const cells = shown.map(metric => columnCells(results, metric))
  return {
    columns: shown.map(({ title, description, direction }) => ({ title, description, hint: hints[direction] })),
    rows: results.policies.map(({ label, summary, options }, i) => ({
      label,
      summary,
      options: optionsInWords(options),
      cells: cells.map(column => column[i]),
    })),
  }
}

/** `shadows: 1, only: deadline`. */
const optionsInWords = (options: Record<string, unknown>): string =>
  Object.entries(options)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ')

const wasMeasured = (results: Results, policy: string, metric: MetricInfo): boolean =>
  (findRow(results, policy, metric.name)?.method ?? 'empty') !== 'empty'

function columnCells(results: Results, metric: MetricInfo): Cell[] {
  const scale = cellScale(results, metric)
  const best = bestPolicies(results, metric)
  const told = best.length < results.policies.length
  const rows = measuredRows(results, metric.name)
  const range = [Math.min(...rows.map(row => row.low)), Math.max(...rows.map(row => row.high))] as const
  return results.policies.map(({ label }) => ({
    ...cellOf(findRow(results, label, metric.name), scale, range),
    best: told && best[0] === label,
    close: told && best.indexOf(label) > 0,
  }))
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
