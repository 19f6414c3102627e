import type { TraceColumns, TraceField } from './format.ts'
import { GrowingColumn } from './scan.ts'

export const traceFields = ['id', 'submitS', 'runS', 'estimateS', 'tasks', 'cpuMilli', 'memoryBytes', 'gpu'] as const

/** Gathers the jobs of a trace, and what was left out of it or made up and why. */
export class TraceBuilder {
  private readonly columns = Object.fromEntries(traceFields.map(field => [field, new GrowingColumn()])) as Record<
    TraceField,
    GrowingColumn
  >
  private readonly skipped: Record<string, number> = {}
  private readonly invented: Record<string, number> = {}
  private dropped: readonly string[] = []
  private zero = false
  count = 0

  add(job: Readonly<Record<TraceField, number>>): void {
    for (const field of traceFields) this.columns[field].push(job[field])
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
    const columns = Object.fromEntries(traceFields.map(field => [field, this.columns[field].finish()])) as Record<
      TraceField,
      Float64Array
    >
    if (this.zero) {
      const first = columns.submitS.reduce((least, submitS) => Math.min(least, submitS), Number.POSITIVE_INFINITY)
      for (let i = 0; i < this.count; i++) columns.submitS[i] -= first
    }
    return { count: this.count, ...columns, skipped: this.skipped, invented: this.invented, dropped: this.dropped }
  }
}
