import type { Schedule } from './schedule.ts'
import { byRank, upwardRanks } from './workflow.ts'

/**
 * Lookahead of Bittencourt, Sakellariou and Madeira (PDP 2010): HEFT, but each task goes where the last of all that is
 * not planned yet, planned by HEFT after it, would finish first.
 */
export function lookahead(schedule: Schedule): void {
  const ranked = byRank(upwardRanks(schedule.workflow))
  for (const task of ranked) {
    if (schedule.isPlanned(task)) continue
    const processor = schedule.best(task, each => lastFinish(schedule, ranked, task, each))
    if (processor < 0) return
    schedule.assign(task, processor)
  }
}

/** When the last of the rest would finish if the task went to the processor. */
function lastFinish(schedule: Schedule, ranked: readonly number[], task: number, processor: number): number {
  const kept = schedule.order.length
  schedule.assign(task, processor)
  let lastS = schedule.finishS[task]
  for (const other of ranked) {
    if (schedule.isPlanned(other)) continue
    schedule.assignEarliest(other)
    if (schedule.isPlanned(other)) lastS = Math.max(lastS, schedule.finishS[other])
  }
  while (schedule.order.length > kept) schedule.undo()
  return lastS
}
