/** What stands beside a curve: its figures in a sentence, and in a table. */
import { formatNumber, plain } from '../format/number.ts'
import { formatValue } from '../format.ts'
import type { PolicyDistribution } from '../results.ts'
import type { FigureTable } from './figure.ts'

const tableProbabilities = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999]

const mostNamed = 4

/** Quantile at one of the tabulated probabilities. */
export const at = (row: PolicyDistribution, p: number): number | null => row.value[row.p.indexOf(p)] ?? null

/** `Median and 99th percentile: fcfs 5.02 s and 1.5 min; …`. */
export function medians(rows: readonly PolicyDistribution[]): string {
  const words = rows.slice(0, mostNamed).map(row => {
    const [half, most] = [at(row, 0.5), at(row, 0.99)].map(value =>
      value === null ? 'unbounded' : formatValue(value, row.unit),
    )
    return `${row.policy} ${half} and ${most}`
  })
  const more = rows.length > mostNamed ? '; all are in the table' : ''
  return `Median and 99th percentile: ${words.join('; ')}${more}.`
}

/** Curves that stop short of the tail, because jobs never completed. */
export function bounds(rows: readonly PolicyDistribution[]): string {
  const cut = rows.flatMap(row => {
    const first = row.value.indexOf(null)
    return first < 0
      ? []
      : [{ policy: row.policy, at: `${formatNumber(100 * row.p[first], row.p[first] > 0.99 ? 2 : 1)}\u00a0%` }]
  })
  if (cut.length === rows.length && cut.every(({ at }) => at === cut[0].at))
    return ` Jobs beyond ${cut[0].at} never completed.`
  return cut.length === 0
    ? ''
    : ` Curves end where jobs never completed: ${cut.map(({ policy, at }) => `${policy} at ${at}`).join(', ')}.`
}

/** Quantiles that people ask for. */
export function quantileTable(rows: readonly PolicyDistribution[], factor: number, unit: string): FigureTable {
  const cell = (row: PolicyDistribution, p: number) => {
    const value = at(row, p)
    return value === null ? 'unbounded' : plain(value * factor)
  }
  return {
    caption: `Quantiles${unit === '' ? '' : `, in ${unit}`}: mean over replications; the CSV file has more`,
    head: ['% of jobs', ...rows.map(row => row.policy)],
    rows: tableProbabilities.map(p => [
      formatNumber(100 * p, p > 0.95 && p !== 0.99 ? 1 : 0),
      ...rows.map(row => cell(row, p)),
    ]),
  }
}
