/** Jobs of a trace whose use of cores changes while they run. */
import type { Course } from './model.ts'
import type { Run } from './run.ts'

/** Row of the course of an attempt's job; −1: its use is that of its class. */
export function courseRow({ arena, model }: Run, slot: number): number {
  const { course } = model.traces
  if (course === undefined) return -1
  const { traceStart } = model.workloads
  const w = model.stages.workload[arena.template(slot)]
  const row = traceStart[w] + arena.ordinal(slot)
  return row < traceStart[w + 1] && course.start[row] < course.start[row + 1] ? row : -1
}

/** The piece that is in force after so many work seconds. */
export function pieceAt({ start, untilS }: Course, row: number, workS: number): number {
  let piece = start[row]
  while (piece < start[row + 1] - 1 && untilS[piece] <= workS) piece++
  return piece
}

/** Millicore-seconds that a task of the row uses from one point of its work to another. */
export function usedBetween(course: Course, row: number, fromS: number, toS: number): number {
  let used = 0
  let atS = fromS
  for (let piece = pieceAt(course, row, fromS); atS < toS; piece++) {
    const endS = piece === course.start[row + 1] - 1 ? toS : Math.min(toS, course.untilS[piece])
    used += course.milli[piece] * (endS - atS)
    atS = endS
  }
  return used
}
