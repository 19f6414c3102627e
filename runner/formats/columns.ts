import type { TraceColumns } from './format.ts'
import { GrowingColumn } from './scan.ts'

const fields = ['id', 'submitS', 'runS', 'estimateS', 'tasks', 'cpuMilli', 'memoryBytes', 'gpu'] as const
type Field = (typeof fields)[number]

/** Gathers the jobs of a trace, and how many records were left out and why. */
export class TraceBuilder {
  private readonly columns = Object.fromEntries(fields.map(field => [field, new GrowingColumn()])) as Record<
    Field,
    GrowingColumn
  >
  private readonly skipped: Record<string, number> = {}
  count = 0

  add(job: Readonly<Record<Field, number>>): void {
    for (const field of fields) this.columns[field].push(job[field])
    this.count++
  }

  skip(reason: string): void {
    this.skipped[reason] = (this.skipped[reason] ?? 0) + 1
  }

  finish(): TraceColumns {
    const columns = Object.fromEntries(fields.map(field => [field, this.columns[field].finish()])) as Record<
      Field,
      Float64Array
    >
    return { count: this.count, ...columns, skipped: this.skipped }
  }
}
