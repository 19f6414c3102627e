/** The calm summary: what a person reads in the terminal after a run. */
import pc from 'picocolors'
import { inWords, scaleFor } from '../../reports/format.ts'
import type { ExpectationResult, MetricInfo, Results } from '../../reports/results.ts'

const marks = { pass: '✓', fail: '✗', inconclusive: '?' } as const
const colours = { pass: pc.green, fail: pc.red, inconclusive: pc.yellow } as const

/** Policy × headline metrics with intervals, expectations, warnings; plain where the output is no terminal. */
export function summaryText(results: Results): string {
  const { scenario, fabric, run } = results
  const head = `${pc.bold(scenario.name)}  ${fabric.nodes} nodes in ${fabric.clusters.length} clusters, ${results.policies.length} policies × ${scenario.replications} replications, ${run.jobs.toLocaleString('en')} jobs in ${run.wallS.toFixed(1)} s`
  const sections = [
    [head],
    policyTable(results),
    results.expectations.map(expectation => expectationLine(expectation, results)),
    notes(results),
  ]
  return `${sections
    .filter(section => section.length > 0)
    .map(section => section.join('\n'))
    .join('\n\n')}\n`
}

function policyTable(results: Results): string[] {
  const metrics = results.metrics.filter(metric => metric.headline)
  const cell = (policy: string, metric: MetricInfo): string => {
    const row = results.rows.find(
      candidate => candidate.policy === policy && candidate.metric === metric.name && candidate.scope === 'fabric',
    )
    if (row === undefined || row.estimate === null) return row?.method === 'unbounded' ? 'unbounded' : '–'
    const { estimate, low, high } = row
    return inWords(estimate, low ?? estimate, high ?? estimate, scaleOf(metric, estimate))
  }
  const table = [
    ['policy', ...metrics.map(metric => metric.title.toLowerCase())],
    ...results.policies.map(({ label }) => [label, ...metrics.map(metric => cell(label, metric))]),
  ]
  const widths = table[0].map((_, column) => Math.max(...table.map(row => row[column].length)))
  return table.map((row, index) => {
    const line = row
      .map((text, column) => (column === 0 ? text.padEnd(widths[column]) : text.padStart(widths[column])))
      .join('  ')
    return index === 0 ? pc.dim(line) : line
  })
}

/** Counts need no unit: the column says what is counted. */
const scaleOf = ({ unit, share }: MetricInfo, value: number) =>
  unit === 'jobs' || unit === 'attempts' ? { symbol: '', factor: 1 } : scaleFor(unit, share, value)

function expectationLine(expectation: ExpectationResult, results: Results): string {
  const { status, subject, text, actual, low, high, unit, note } = expectation
  const share = results.metrics.find(metric => metric.name === expectation.metric)?.share ?? false
  const value = actual === null ? note : inWords(actual, low ?? actual, high ?? actual, scaleFor(unit, share, actual))
  return `${colours[status](marks[status])} ${subject}: ${text}  ${pc.dim(note === '' || actual === null ? value : `${value}, ${note}`)}`
}

function notes(results: Results): string[] {
  const errors = results.errors.map(({ policy, replication, message }) =>
    pc.red(`error in ${policy}, replication ${replication}: ${message}`),
  )
  return [...errors, ...results.warnings.map(warning => pc.yellow(`warning: ${warning}`))]
}
