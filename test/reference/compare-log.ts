/** Event logs, row by row. */
import { type EventLog, logKinds } from '../../engine/log.ts'
import type { DecisionRecords } from '../../engine/result.ts'
import { compareExactly } from './compare-values.ts'
import type { ReferenceResult } from './report.ts'
import type { LogRow } from './world.ts'

export const logRows = (log: EventLog): LogRow[] =>
  Array.from(log.time, (time, i) => ({
    time,
    kind: logKinds[log.kind[i]],
    workload: log.workload[i],
    ordinal: log.ordinal[i],
    attempt: log.attempt[i],
    node: log.node[i],
  }))

const rowText = (row: LogRow | undefined): string =>
  row === undefined
    ? 'nothing more'
    : `${row.time} ${row.kind} job ${row.workload}/${row.ordinal} attempt ${row.attempt} node ${row.node}`

export function compareLogs(log: EventLog, expected: LogRow[]): string | null {
  const rows = logRows(log)
  for (let i = 0; i < Math.max(rows.length, expected.length); i++) {
    const [actual, wanted] = [rowText(rows[i]), rowText(expected[i])]
    if (actual === wanted) continue
    const before = expected.slice(Math.max(0, i - 12), i).map(row => `    ${rowText(row)}`)
    return [`row ${i} of the log:`, ...before, `  engine:    ${actual}`, `  reference: ${wanted}`].join('\n')
  }
  return null
}

/** One decision a placement; a workload has one stage here, so stages are numbered like workloads. */
export function compareDecisions(decisions: DecisionRecords, { log, jobs }: ReferenceResult): string | null {
  const placed = log.filter(row => row.kind === 'place')
  const originOf = ({ workload, ordinal }: LogRow) =>
    jobs.find(job => job.workload === workload && job.ordinal === ordinal)!.originCluster
  const expected = placed.map(row => [
    row.time,
    row.workload,
    row.ordinal,
    row.workload,
    row.attempt,
    originOf(row),
    row.node,
  ])
  const { time, workload, ordinal, stage, attempt, originCluster, node } = decisions
  const columns = [time, workload, ordinal, stage, attempt, originCluster, node]
  const rows = Array.from(time, (_, i) => columns.map(column => column[i]))
  return compareExactly('decisions', rows, expected)
}
