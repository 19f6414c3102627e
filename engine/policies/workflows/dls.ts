import type { Schedule } from './schedule.ts'
import { longestWays, type Workflow } from './workflow.ts'

/**
 * DLS of Sih and Lee (IEEE TPDS 4(2), 1993): of all pairs of a free task and a processor that of the highest dynamic
 * level: the longest way of median run times to the end, less when it could start there, plus how much quicker than the
 * median it is there. As DSLab has it, moving data is part of the ways, and gaps are used.
 */
export function dls(schedule: Schedule): void {
  const { workflow } = schedule
  const medians = Array.from({ length: workflow.tasks }, (_, task) => medianCost(workflow, task))
  const levels = longestWays(workflow, task => medians[task], workflow.meanMoving)
  const ranked = levels.map((_, task) => task).sort((a, b) => levels[b] - levels[a] || a - b)
  for (;;) {
    let bestTask = -1
    let bestProcessor = -1
    let highest = Number.NEGATIVE_INFINITY
    for (const task of ranked) {
      if (schedule.isPlanned(task) || !schedule.isFree(task)) continue
      for (const processor of schedule.candidates) {
        if (!schedule.evaluate(task, processor)) continue
        const gain = medians[task] - workflow.cost(task, workflow.kindOf(processor))
        const level = levels[task] - schedule.foundStartS + gain
        if (level <= highest) continue
        highest = level
        bestTask = task
        bestProcessor = processor
      }
    }
    if (bestTask < 0) return
    schedule.assign(bestTask, bestProcessor)
  }
}

/** Median over the processors that can run a task. */
function medianCost(workflow: Workflow, task: number): number {
  const costs: [number, number][] = []
  let count = 0
  for (let kind = 0; kind < workflow.kinds; kind++) {
    const cost = workflow.cost(task, kind)
    if (cost === Number.POSITIVE_INFINITY) continue
    costs.push([cost, workflow.size(kind)])
    count += workflow.size(kind)
  }
  if (count === 0) return 0
  costs.sort((a, b) => a[0] - b[0])
  return (nth(costs, Math.ceil(count / 2)) + nth(costs, Math.floor(count / 2) + 1)) / 2
}

/** The so-many-eth of sorted values that each occur a number of times. */
function nth(values: readonly (readonly [number, number])[], place: number): number {
  let left = place
  for (const [value, times] of values) {
    left -= times
    if (left <= 0) return value
  }
  return Number.NaN
}
