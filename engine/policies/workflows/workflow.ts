import type { Share } from './timelines.ts'

/**
 * A job's graph as list schedulers plan it: tasks, where each could run and how long, and what moving data takes.
 * Processors that are alike are of one kind. Times are seconds.
 */
export interface Workflow {
  readonly tasks: number
  /** By task, lower numbers before higher ones. */
  readonly predecessors: readonly (readonly number[])[]
  readonly kinds: number
  /** Processors of a kind. */
  readonly size: (kind: number) => number
  readonly kindOf: (processor: number) => number
  /** Run time with start-up; Infinity where it cannot run. */
  readonly cost: (task: number, kind: number) => number
  /** From the end of `before` on one kind until its data has arrived on another. */
  readonly moving: (before: number, task: number, from: number, to: number) => number
  /** The same on the average over pairs of processors. */
  readonly meanMoving: (before: number, task: number) => number
  /** Whether nothing needs to be moved between two kinds. */
  readonly together: (a: number, b: number) => boolean
  /** Until the request has arrived. */
  readonly request: (task: number, kind: number) => number
  /** Part of a processor that a task takes while it is there. */
  readonly share: (task: number, processor: number) => Share
  /**
   * Whether data is on its way as soon as its stage is over (as in the papers), or, as this engine has it, when the stage
   * that needs it is placed: then its node is reserved while the data comes.
   */
  readonly eager: boolean
}

/** Successors of each task. */
export function successorsOf({ tasks, predecessors }: Workflow): number[][] {
  const successors: number[][] = Array.from({ length: tasks }, () => [])
  for (let task = 0; task < tasks; task++) for (const before of predecessors[task]) successors[before].push(task)
  return successors
}

/** Mean run time over the processors that can run a task. */
export function meanCost(workflow: Workflow, task: number): number {
  let sum = 0
  let count = 0
  for (let kind = 0; kind < workflow.kinds; kind++) {
    const cost = workflow.cost(task, kind)
    if (cost === Number.POSITIVE_INFINITY) continue
    sum += workflow.size(kind) * cost
    count += workflow.size(kind)
  }
  return count === 0 ? 0 : sum / count
}

/** Longest way from the begin of each task to the end, with a cost for each task and for each edge. */
export function longestWays(
  workflow: Workflow,
  cost: (task: number) => number,
  edge: (before: number, task: number) => number,
): number[] {
  const ways = Array.from({ length: workflow.tasks }, () => 0)
  const successors = successorsOf(workflow)
  for (let task = workflow.tasks - 1; task >= 0; task--) {
    for (const next of successors[task]) ways[task] = Math.max(ways[task], edge(task, next) + ways[next])
    ways[task] += cost(task)
  }
  return ways
}

/** HEFT's upward rank: mean run times and mean times of moving data along the longest way to the end. */
export const upwardRanks = (workflow: Workflow): number[] =>
  longestWays(workflow, task => meanCost(workflow, task), workflow.meanMoving)

/** Tasks by rank, the highest first; the lower number among equals. */
export const byRank = (ranks: readonly number[]): number[] =>
  ranks.map((_, task) => task).sort((a, b) => ranks[b] - ranks[a] || a - b)
