import type { TraceColumns, TraceField } from './format.ts'

export const traceFields = ['id', 'submitS', 'runS', 'estimateS', 'tasks', 'cpuMilli', 'memoryBytes', 'gpu'] as const

/**
 * Gathers the jobs of a trace, and what was left out of it or made up and why. Columns grow by doubling, together.
 */
export class TraceBuilder {
  private columns = columnsOf(() => new Float64Array(1024))
  private readonly skipped: Record<string, number> = {}
  private readonly invented: Record<string, number> = {}
  private dropped: readonly string[] = []
  private zero = false
  count = 0

  /** Field by field and not in a loop: traces have millions of jobs. */
  add(job: Readonly<Record<TraceField, number>>): void {
    if (this.count === this.columns.id.length) this.grow()
    const { columns, count } = this
    columns.id[count] = job.id
    columns.submitS[count] = job.submitS
    columns.runS[count] = job.runS
    columns.estimateS[count] = job.estimateS
    columns.tasks[count] = job.tasks
    columns.cpuMilli[count] = job.cpuMilli
    columns.memoryBytes[count] = job.memoryBytes
    columns.gpu[count] = job.gpu
    this.count++
  }

  skip(reason: string): void {
    this.skipped[reason] = (this.skipped[reason] ?? 0) + 1
  }

  /** Something of the job that is added next, or was just added, is made up. */
  invent(what: string): void {
    this.invented[what] = (this.invented[what] ?? 0) + 1
  }

  drop(names: readonly string[]): void {
    this.dropped = names
  }

  /** The first submission becomes second 0, for traces that tell the time of day. */
  startAtZero(): void {
    this.zero = true
  }

  finish(): TraceColumns {
    const { count, skipped, invented, dropped } = this
    const columns = columnsOf(field => this.columns[field].subarray(0, count))
    if (this.zero) {
      const first = columns.submitS.reduce((least, submitS) => Math.min(least, submitS), Number.POSITIVE_INFINITY)
      for (let i = 0; i < count; i++) columns.submitS[i] -= first
    }
    return { count, ...columns, skipped, invented, dropped }
  }

  private grow(): void {
    const { columns, count } = this
    this.columns = columnsOf(field => {
      const larger = new Float64Array(2 * count)
      larger.set(columns[field])
      return larger
    })
  }
}

const columnsOf = (column: (field: TraceField) => Float64Array): Record<TraceField, Float64Array> =>
  Object.fromEntries(traceFields.map(field => [field, column(field)])) as Record<TraceField, Float64Array>
