/** Jobs of traces whose use changes while they run. */
import { coresOf } from './capacity.ts'
import { checkpointsIn } from './checkpoints.ts'
import type { Attempt, Share, Stage, World } from './world.ts'

/** Pieces of a stage's course, first and one after the last; none: its use is that of its class. */
function piecesOf({ model: { traces, workloads } }: World, { job }: Stage): [number, number] {
  const row = workloads.traceStart[job.workload] + job.ordinal
  const isTraced = row < workloads.traceStart[job.workload + 1]
  return traces.course && isTraced ? [traces.course.start[row], traces.course.start[row + 1]] : [0, 0]
}

/** The piece in which an attempt begins; −1: none. */
export function firstPiece(world: World, { stage, resumedS }: Attempt): number {
  const [first, end] = piecesOf(world, stage)
  if (first === end) return -1
  const until = [...world.model.traces.course!.untilS.slice(first, end - 1)].findIndex(untilS => untilS > resumedS)
  return until < 0 ? end - 1 : first + until
}

/** Progress at which an entry is over, or the next piece begins. */
export function nextOf(world: World, attempt: Attempt, share: Share): number {
  const { stage, resumedS, leftS, speed, factor } = attempt
  if (share.piece < 0 || share.piece === piecesOf(world, stage)[1] - 1) return share.toS
  const cost = world.model.stages.checkpointCostS[stage.index] * checkpointsIn(world, stage, leftS)
  const stretch = (factor / speed) * (leftS > 0 ? 1 + cost / leftS : 1)
  return Math.min(share.toS, share.fromS + (world.model.traces.course!.untilS[share.piece] - resumedS) * stretch)
}

/** Cores that the tasks of an attempt on a node want now. */
export const wantedCores = (world: World, { stage }: Attempt, { tasks, piece }: Share): number =>
  piece < 0 ? coresOf(world, stage, tasks) : (tasks * world.model.traces.course!.milli[piece]) / 1000

/** Core-seconds that so many tasks of a stage use from one point of its work to another, at speed 1. */
export function usedWithin(world: World, stage: Stage, tasks: number, fromS: number, toS: number): number {
  const [first, end] = piecesOf(world, stage)
  if (first === end) return coresOf(world, stage, tasks) * (toS - fromS)
  const { untilS, milli } = world.model.traces.course!
  let used = 0
  for (let piece = first; piece < end; piece++) {
    const begin = piece === first ? 0 : untilS[piece - 1]
    const over = piece === end - 1 ? Infinity : untilS[piece]
    used += ((tasks * milli[piece]) / 1000) * Math.max(0, Math.min(over, toS) - Math.max(begin, fromS))
  }
  return used
}
