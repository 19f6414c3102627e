/** Event logs, row by row. */
import { type EventLog, logKinds } from '../../engine/log.ts'
import type { DecisionRecords } from '../../engine/result.ts'
import { compareExactly } from './compare-values.ts'
import type { LogRow } from './notes.ts'
import type { ReferenceResult } from './report.ts'

export const logRows = (log: EventLog): LogRow[] =>
  Array.from(log.time, (time, i) => ({
    time,
    kind: logKinds[log.kind[i]],
    workload: log.workload[i],
    ordinal: log.ordinal[i],
    stage: log.stage[i],
    attempt: log.attempt[i],
    node: log.node[i],
  }))

const rowText = (row: LogRow | undefined): string =>
  row === undefined
    ? 'nothing more'
    : `${row.time} ${row.kind} job ${row.workload}/${row.ordinal} stage ${row.stage} attempt ${row.attempt} node ${row.node}`

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

/** Scores aside: they are the policy's own. */
export function compareDecisions(decisions: DecisionRecords, expected: ReferenceResult['decisions']): string | null {
  const { time, workload, ordinal, stage, attempt, originCluster, node, intensity } = decisions
  const columns = { time, workload, ordinal, stage, attempt, originCluster, node, intensity }
  const row = (i: number) => Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[i]]))
  return compareExactly(
    'decisions',
    Array.from(time, (_, i) => row(i)),
    expected,
  )
}
