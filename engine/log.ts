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

/** Rows of numbers that grow by doubling. */
export class Rows {
  private data: Float64Array
  private length = 0
  private readonly width: number

  constructor(width: number) {
    this.width = width
    this.data = new Float64Array(width * 256)
  }

  get count(): number {
    return this.length / this.width
  }

  push(...row: readonly number[]): void {
    if (this.length === this.data.length) this.data = doubled(this.data)
    for (let i = 0; i < this.width; i++) this.data[this.length++] = row[i]
  }

  /** One column as a typed array. */
  column<T extends Float64Array | Int32Array | Uint8Array>(index: number, ColumnType: new (length: number) => T): T {
    const column = new ColumnType(this.count)
    for (let row = 0; row < column.length; row++) column[row] = this.data[row * this.width + index]
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
