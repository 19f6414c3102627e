/** Attempts of a run, one row each: read off the event log, which a simulation and an observed run write alike. */
import type { EventLog } from '../../engine/index.ts'
import { type LogKind, logKinds } from '../../engine/log.ts'

/** How an attempt ended; `removed`: another one won, or its job left; `open`: it had not when the run ended. */
export const attemptEnds = ['finished', 'faulty', 'lost', 'removed', 'open'] as const
export type AttemptEnd = (typeof attemptEnds)[number]

/** Columns of equal length, in the order of placement. Seconds; NaN where it never happened. */
export interface AttemptRecords {
  workload: Int32Array
  ordinal: Float64Array
  /** Stage of the model. */
  stage: Int32Array
  /** 0 the first, then shadows and retries. */
  attempt: Int32Array
  /** First node of the placement. */
  node: Int32Array
  placedS: Float64Array
  /** From when on it counts: its placement, or when it took over after standing by. */
  activeS: Float64Array
  /** When all that it needs was there, so that start-up could begin: the manifest was sent. NaN: not known. */
  appliedS: Float64Array
  beginS: Float64Array
  /** When it finished, failed, was lost or removed. */
  endS: Float64Array
  /** When one that was lost was taken away, since its loss was detected. */
  clearedS: Float64Array
  /** Index into `attemptEnds`. */
  end: Uint8Array
}

/** The attempts of a log. Rows of one attempt follow each other in time; what the log does not say is NaN. */
export function attemptsOf(log: EventLog): AttemptRecords {
  const rows = new Map<string, number>()
  const placed = log.kind.reduce((count, of) => count + (logKinds[of] === 'place' ? 1 : 0), 0)
  const attempts = emptyAttempts(placed)
  for (let i = 0; i < log.time.length; i++) {
    if (log.attempt[i] < 0) continue
    const key = `${log.workload[i]} ${log.ordinal[i]} ${log.stage[i]} ${log.attempt[i]}`
    const row = rows.get(key) ?? rows.size
    if (!rows.has(key)) enter(attempts, rows.size, log, i)
    rows.set(key, row)
    note(attempts, row, logKinds[log.kind[i]], log.time[i])
  }
  return attempts
}

export function emptyAttempts(count: number): AttemptRecords {
  const times = () => new Float64Array(count).fill(Number.NaN)
  return {
    workload: new Int32Array(count),
    ordinal: new Float64Array(count),
    stage: new Int32Array(count),
    attempt: new Int32Array(count),
    node: new Int32Array(count),
    placedS: times(),
    activeS: times(),
    appliedS: times(),
    beginS: times(),
    endS: times(),
    clearedS: times(),
    end: new Uint8Array(count).fill(attemptEnds.indexOf('open')),
  }
}

function enter(attempts: AttemptRecords, row: number, log: EventLog, i: number): void {
  attempts.workload[row] = log.workload[i]
  attempts.ordinal[row] = log.ordinal[i]
  attempts.stage[row] = log.stage[i]
  attempts.attempt[row] = log.attempt[i]
  attempts.node[row] = log.node[i]
}

const ends: Partial<Record<LogKind, AttemptEnd>> = {
  finish: 'finished',
  fault: 'faulty',
  lost: 'lost',
  remove: 'removed',
}

function note(attempts: AttemptRecords, row: number, what: LogKind, timeS: number): void {
  if (what === 'place') attempts.placedS[row] = timeS
  if (what === 'place' || what === 'activate') attempts.activeS[row] = timeS
  if (what === 'begin') attempts.beginS[row] = timeS
  const end = ends[what]
  if (end === undefined) return
  // What was lost stays lost; that it is removed says when this was known.
  if (what === 'remove' && attempts.end[row] === attemptEnds.indexOf('lost')) {
    attempts.clearedS[row] = timeS
    return
  }
  attempts.end[row] = attemptEnds.indexOf(end)
  attempts.endS[row] = timeS
}
