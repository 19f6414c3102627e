/** The event log: what happened in a run, in order. Recorded only when asked for (tests, explanations). */
import { doubled } from './doubled.ts'

export const logKinds = [
  'submit',
  'place',
  'begin',
  'finish',
  'fault',
  'lost',
  'remove',
  'requeue',
  'complete',
  'fail',
  'reject',
  'node-down',
  'node-detected',
  'node-up',
  'cancel',
  'arrive',
  'answer',
  'link-down',
  'link-detected',
  'link-up',
  'trigger',
  'activate',
  'defer',
  'wake',
  'suspend',
  'node-stop',
  'node-off',
  'node-boot',
  'node-on',
] as const
export type LogKind = (typeof logKinds)[number]

/** Index of each kind. */
export const kind = Object.fromEntries(logKinds.map((name, index) => [name, index])) as Readonly<
  Record<LogKind, number>
>

/** Columns of equal length; −1 where a row is not about a workload, attempt or node. */
export interface EventLog {
  time: Float64Array
  kind: Uint8Array
  workload: Int32Array
  ordinal: Float64Array
  attempt: Int32Array
  node: Int32Array
  /** Stage of the model. */
  stage: Int32Array
}

/** Rows of numbers, a column each, that grow by doubling. */
export class Rows {
  count = 0
  private readonly columns: Float64Array[]

  constructor(width: number) {
    this.columns = Array.from({ length: width }, () => new Float64Array(256))
  }

  push(...row: readonly number[]): void {
    const { columns, count } = this
    if (count === columns[0].length) for (let i = 0; i < columns.length; i++) columns[i] = doubled(columns[i])
    for (let i = 0; i < columns.length; i++) columns[i][count] = row[i]
    this.count++
  }

  /** One column as a typed array of its own. */
  column<T extends Float64Array | Int32Array | Uint8Array>(index: number, ColumnType: new (length: number) => T): T {
    const column = new ColumnType(this.count)
    column.set(this.columns[index].subarray(0, this.count))
    return column
  }
}

export const logOf = (rows: Rows): EventLog => ({
  time: rows.column(0, Float64Array),
  kind: rows.column(1, Uint8Array),
  workload: rows.column(2, Int32Array),
  ordinal: rows.column(3, Float64Array),
  attempt: rows.column(4, Int32Array),
  node: rows.column(5, Int32Array),
  stage: rows.column(6, Int32Array),
})
