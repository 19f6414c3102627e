import type { Schedule } from './schedule.ts'
import { byRank, successorsOf, type Workflow } from './workflow.ts'

/**
 * PEFT of Arabnejad and Barbosa (IEEE TPDS 25(3), 2014): by an optimistic cost table, what it takes at least from the
 * end of a task on a processor to the end of all; tasks by the mean of that over processors, those first that are free,
 * each where its finish and that sum up to the least.
 */
export function peft(schedule: Schedule): void {
  const { workflow } = schedule
  const table = optimisticCosts(workflow)
  const ranked = byRank(table.map(row => meanOver(workflow, row)))
  for (;;) {
    const task = ranked.find(each => !schedule.isPlanned(each) && schedule.isFree(each))
    if (task === undefined) return
    const costs = table[task]
    const processor = schedule.best(task, each => schedule.foundFinishS + costs[workflow.kindOf(each)])
    if (processor < 0) return
    schedule.assign(task, processor)
  }
}

function optimisticCosts(workflow: Workflow): Float64Array[] {
  const { tasks, kinds } = workflow
  const successors = successorsOf(workflow)
  const table = Array.from({ length: tasks }, () => new Float64Array(kinds))
  for (let task = tasks - 1; task >= 0; task--)
    for (let kind = 0; kind < kinds; kind++)
      for (const next of successors[task])
        table[task][kind] = Math.max(table[task][kind], leastAfter(workflow, table[next], task, next, kind))
  return table
}

/** The least from the end of a task on a kind to the end of all, by way of one that comes after it. */
function leastAfter(workflow: Workflow, costs: Float64Array, task: number, next: number, kind: number): number {
  const moving = workflow.meanMoving(task, next)
  let least = Number.POSITIVE_INFINITY
  for (let other = 0; other < workflow.kinds; other++) {
    const way = workflow.together(kind, other) ? 0 : moving
    least = Math.min(least, costs[other] + workflow.cost(next, other) + way)
  }
  return least
}

function meanOver({ kinds, size }: Workflow, row: Float64Array): number {
  let sum = 0
  let count = 0
  for (let kind = 0; kind < kinds; kind++) {
    sum += size(kind) * row[kind]
    count += size(kind)
  }
  return sum / count
}
