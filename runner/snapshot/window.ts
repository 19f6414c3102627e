/** The part of what ran that a snapshot tells of. */
import type { Work } from './work.ts'

/** Work as the trace has it: seconds from the begin of the window. */
export interface TraceRow
  extends Pick<Work, 'id' | 'kind' | 'group' | 'state' | 'cpuMilli' | 'memoryBytes' | 'gpuMilli'> {
  readonly submitS: number
  readonly runS: number
}

export interface Windowed {
  readonly startMs: number
  readonly rows: readonly TraceRow[]
  /** Ended before the window. */
  readonly tooOld: number
  /** Submitted before it: as if they came at its begin. */
  readonly early: number
}

/** The window ends now and is `sinceS` long at most: where nothing is so old it begins with the first submission. */
export function windowOf(work: readonly Work[], nowMs: number, sinceS: number): Windowed {
  const leastMs = nowMs - sinceS * 1000
  const recent = work.filter(({ endedMs }) => endedMs >= leastMs)
  const firstMs = recent.reduce((least, { submitMs }) => Math.min(least, submitMs), nowMs)
  // Whole seconds: what clusters tell has no others, and the file's start is easier to read.
  const startMs = Math.floor(Math.max(leastMs, firstMs) / 1000) * 1000
  const rows = recent.map(one => rowOf(one, startMs))
  return {
    startMs,
    rows: rows.sort((a, b) => a.submitS - b.submitS || (a.id < b.id ? -1 : 1)),
    tooOld: work.length - recent.length,
    early: recent.filter(({ submitMs }) => submitMs < startMs).length,
  }
}

/** Of what began before the window only the rest is left to run. */
function rowOf({ submitMs, beganMs, endedMs, boundMs: _, ...work }: Work, startMs: number): TraceRow {
  const runMs = endedMs - Math.max(beganMs, startMs)
  return { ...work, submitS: Math.max(0, submitMs - startMs) / 1000, runS: Math.max(0, runMs) / 1000 }
}
