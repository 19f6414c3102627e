import type { TraceColumns } from './format.ts'

const fields = ['id', 'submitS', 'runS', 'estimateS', 'tasks', 'cpuMilli', 'memoryBytes', 'gpu'] as const
type Field = (typeof fields)[number]

/** Gathers the jobs of a trace, and how many records were left out and why. Columns grow by doubling, together. */
export class TraceBuilder {
  private columns = columnsOf(() => new Float64Array(1024))
  private readonly skipped: Record<string, number> = {}
  count = 0

  /** Field by field and not in a loop: traces have millions of jobs. */
  add(job: Readonly<Record<Field, number>>): void {
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

  finish(): TraceColumns {
    const { columns, count, skipped } = this
    return { count, ...columnsOf(field => columns[field].subarray(0, count)), skipped }
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

const columnsOf = (column: (field: Field) => Float64Array): Record<Field, Float64Array> =>
  Object.fromEntries(fields.map(field => [field, column(field)])) as Record<Field, Float64Array>
