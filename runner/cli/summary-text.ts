/** The calm summary: what a person reads in the terminal after a run. */
import pc from 'picocolors'
import { isSweep, pointName } from '../../reports/factors.ts'
import { inWords, scaleFor } from '../../reports/format.ts'
import { meanLatencies } from '../../reports/page/heuristic.ts'
import type { ExpectationResult, MetricInfo, Results } from '../../reports/results.ts'
import { alignedRows } from './aligned-rows.ts'

const marks = { pass: '✓', fail: '✗', inconclusive: '?' } as const
const colours = { pass: pc.green, fail: pc.red, inconclusive: pc.yellow } as const

/** More points than this are left to the report. */
const shownPoints = 12

/** Points × policies × headline metrics with intervals, expectations, warnings; plain where the output is no terminal. */
export function summaryText(results: Results): string {
  const sections = [
    [headline(results)],
    table(results),
    closedFormLines(results),
    expectationLines(results),
    notes(results),
  ]
  return `${sections
    .filter(section => section.length > 0)
    .map(section => section.join('\n'))
    .join('\n\n')}\n`
}

function headline({ scenario, fabric, run, points, policies }: Results): string {
  const what =
    points.length > 1 ? `${points.length} points × ` : `${fabric.nodes} nodes in ${fabric.clusters.length} clusters, `
  const reused = run.reused > 0 ? `, ${run.reused} of ${run.trials} trials reused` : ''
  return `${pc.bold(scenario.name)}  ${what}${policies.length} policies × ${scenario.replications} replications, ${run.jobs.toLocaleString('en')} jobs in ${run.wallS.toFixed(1)} s${reused}`
}

/** What the closed form says of the mean latency, beside what is simulated. */
function closedFormLines(results: Results): string[] {
  const { heuristic } = results
  if (heuristic === undefined) return []
  const { total, simulated } = meanLatencies(results, heuristic)
  return [
    `closed form: mean latency ${total}; simulated: ${simulated.map(({ label, text }) => `${label} ${text}`).join(', ')}`,
  ]
}

function table(results: Results): string[] {
  const metrics = results.metrics.filter(metric => metric.headline)
  const points = results.points.slice(0, shownPoints)
  const sweep = isSweep(results)
  const rows = [
    [...(sweep ? ['point'] : []), 'policy', ...metrics.map(metric => metric.title.toLowerCase())],
    ...points.flatMap(point =>
      results.policies.map(({ label }) => [
        ...(sweep ? [pointName(results, point)] : []),
        label,
        ...metrics.map(metric => cell(results, point.index, label, metric)),
      ]),
    ),
  ]
  const lines = alignedRows(rows, sweep ? 2 : 1)
  const more = results.points.length - points.length
  return more > 0 ? [...lines, pc.dim(`and ${more} more points in the report`)] : lines
}

function cell(results: Results, point: number, policy: string, metric: MetricInfo): string {
  const row = results.rows.find(
    candidate =>
      candidate.point === point &&
      candidate.policy === policy &&
      candidate.metric === metric.name &&
      candidate.scope === 'fabric',
  )
  if (row === undefined || row.estimate === null) return row?.method === 'unbounded' ? 'unbounded' : '–'
  const { estimate, low, high } = row
  return inWords(estimate, low ?? estimate, high ?? estimate, scaleOf(metric, estimate))
}

/** All of one point; of a sweep those that do not hold, and how many do. */
function expectationLines(results: Results): string[] {
  const { expectations } = results
  if (!isSweep(results)) return expectations.map(expectation => expectationLine(expectation, results))
  const open = expectations.filter(({ status }) => status !== 'pass')
  const holding = expectations.length - open.length
  const count =
    expectations.length === 0 ? [] : [`${pc.green('✓')} ${holding} of ${expectations.length} expectations hold`]
  return [...count, ...open.map(expectation => expectationLine(expectation, results))]
}

/** Counts need no unit: the column says what is counted. */
const scaleOf = ({ unit, share }: MetricInfo, value: number) =>
  unit === 'jobs' || unit === 'attempts' ? { symbol: '', factor: 1 } : scaleFor(unit, share, value)

function expectationLine(expectation: ExpectationResult, results: Results): string {
  const { status, subject, text, actual, low, high, unit, note } = expectation
  const share = results.metrics.find(metric => metric.name === expectation.metric)?.share ?? false
  const value = actual === null ? note : inWords(actual, low ?? actual, high ?? actual, scaleFor(unit, share, actual))
  const at = isSweep(results) ? ` at ${pointName(results, results.points[expectation.point])}` : ''
  return `${colours[status](marks[status])} ${subject}${at}: ${text}  ${pc.dim(note === '' || actual === null ? value : `${value}, ${note}`)}`
}

function notes(results: Results): string[] {
  const errors = results.errors.map(({ policy, replication, message }) =>
    pc.red(`error in ${policy}, replication ${replication}: ${message}`),
  )
  const warnings = results.warnings.slice(0, shownPoints).map(({ point, message }) => {
    const at = point === null || !isSweep(results) ? '' : `at ${pointName(results, results.points[point])}: `
    return pc.yellow(`warning: ${at}${message}`)
  })
  const more = results.warnings.length - warnings.length
  return [...errors, ...warnings, ...(more > 0 ? [pc.dim(`and ${more} more warnings in the report`)] : [])]
}
