import { bestPolicies, findRow, measuredRows } from '../lookup.ts'
import type { MetricInfo, Results } from '../results.ts'
import { type Cell, cellOf, cellScale } from './cell.ts'

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
