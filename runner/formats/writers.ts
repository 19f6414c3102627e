/** Traces as files of other formats. */
import type { TraceColumns } from './format.ts'

/** Jobs whose lines are handed on in one piece. */
const chunk = 10_000

/** Lines by job, in pieces, so that a large trace never lies in memory as text. */
export function* linesOf(trace: TraceColumns, head: string, line: (job: number) => string): Generator<string> {
  yield head
  for (let from = 0; from < trace.count; from += chunk) {
    const length = Math.min(chunk, trace.count - from)
    yield Array.from({ length }, (_, i) => `${line(from + i)}\n`).join('')
  }
}

/** '' for what is unknown. */
export const orEmpty = (value: number): string => (Number.isNaN(value) ? '' : String(value))
