import type { Schedule } from './schedule.ts'
import { byRank, upwardRanks } from './workflow.ts'

/**
 * HEFT of Topcuoglu, Hariri and Wu (IEEE TPDS 13(3), 2002): tasks by upward rank, each where it finishes first, in gaps
 * too.
 */
export function heft(schedule: Schedule): void {
  for (const task of byRank(upwardRanks(schedule.workflow)))
    if (!schedule.isPlanned(task)) schedule.assignEarliest(task)
}
