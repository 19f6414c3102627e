/** The plan that is kept of a job, and its graph as planners see it. */
import type { Model } from '../../model.ts'
import type { Pass } from '../policy.ts'
import type { Interval, Share } from './timelines.ts'
import type { Workflow } from './workflow.ts'

/** A stage of a job, as planned. */
export interface PlannedStage {
  /** −1: nowhere yet. */
  node: number
  startS: number
  finishS: number
  /** Position in the plans made so far. */
  sequence: number
  isPlaced: boolean
  /** Whether, when it was looked at last, others kept it off its node: then it holds up nobody there. */
  isKeptOff: boolean
  interval: Interval | null
}

export interface JobPlan {
  readonly job: number
  readonly firstTemplate: number
  readonly stages: readonly PlannedStage[]
}

export function createPlan(pass: Pass, stage: number): JobPlan {
  const { stageStart } = pass.model.workloads
  const w = pass.workloadOf(stage)
  const stages = Array.from({ length: stageStart[w + 1] - stageStart[w] }, () => ({
    node: -1,
    startS: 0,
    finishS: 0,
    sequence: -1,
    isPlaced: false,
    isKeptOff: false,
    interval: null,
  }))
  return { job: pass.jobOf(stage), firstTemplate: stageStart[w], stages }
}

/** What so many tasks of a class take of a node, as far as they fit there. */
export function shareOf({ classes, groups, nodeGroup }: Model, stageClass: number, node: number, tasks: number): Share {
  const group = nodeGroup[node]
  const part = (asked: number, of: number): number => (asked > 0 ? Math.min(1, (tasks * asked) / of) : 0)
  return [
    part(classes.cpuMilli[stageClass], groups.cpuMilli[group]),
    part(classes.memoryBytes[stageClass], groups.memoryBytes[group]),
    part(classes.gpuMilli[stageClass], groups.gpuMilli[group]),
  ]
}

/** The graph of a waiting stage's job: kinds of processors are groups of nodes. */
export function workflowOf(pass: Pass, stage: number): Workflow {
  const { model } = pass
  const { classes, groups, stages, workloads, clusters, latencyS, bandwidth, nodeGroup } = model
  const first = workloads.stageStart[pass.workloadOf(stage)]
  const tasks = workloads.stageStart[pass.workloadOf(stage) + 1] - first
  const waiting = pass.templateOf(stage) - first
  // Jobs of a trace, which are one stage, have their own class and estimate.
  const classOf = (task: number): number => (task === waiting ? pass.classOf(stage) : stages.class[first + task])
  const estimateOf = (task: number): number =>
    task === waiting ? pass.estimateOf(stage) : stages.estimateS[first + task]
  const predecessors = Array.from({ length: tasks }, (_, task) =>
    Array.from(
      stages.predecessors.subarray(stages.predecessorStart[first + task], stages.predecessorStart[first + task + 1]),
      before => before - first,
    ),
  )
  const bytes = (before: number, task: number): number => {
    const input = stages.inputBytes[first + task]
    return input > 0 ? input / predecessors[task].length : stages.outputBytes[first + before]
  }
  const size = (kind: number): number => groups.nodeStart[kind + 1] - groups.nodeStart[kind]
  const pair = (from: number, to: number): number => groups.cluster[from] * clusters.count + groups.cluster[to]
  const moving = (before: number, task: number, from: number, to: number): number => {
    const moved = bytes(before, task)
    if (moved === 0) return 0
    const way = latencyS[pair(from, to)]
    return groups.cluster[from] === groups.cluster[to] ? way : way + moved / bandwidth[pair(from, to)]
  }
  const origin = pass.originOf(stage)
  return {
    tasks,
    predecessors,
    kinds: groups.count,
    size,
    kindOf: processor => nodeGroup[processor],
    cost(task, kind) {
      const factor = classes.factor[classOf(task) * groups.count + kind]
      if (factor === 0 || !pass.reaches(stage, groups.cluster[kind])) return Number.POSITIVE_INFINITY
      return groups.startupS[kind] + (estimateOf(task) * factor) / groups.speed[kind]
    },
    moving,
    meanMoving: (before, task) => meanOverPairs(groups.count, size, (from, to) => moving(before, task, from, to)),
    together: (a, b) => groups.cluster[a] === groups.cluster[b],
    request(task, kind) {
      if (task === waiting) return pass.wayOut(stage, groups.cluster[kind])
      return latencyS[origin * clusters.count + groups.cluster[kind]]
    },
    share: (task, processor) => shareOf(model, classOf(task), processor, classes.tasks[classOf(task)]),
    eager: false,
  }
}

/** Mean over all ordered pairs of different processors. */
function meanOverPairs(
  kinds: number,
  size: (kind: number) => number,
  value: (from: number, to: number) => number,
): number {
  let sum = 0
  let count = 0
  for (let from = 0; from < kinds; from++)
    for (let to = 0; to < kinds; to++) {
      const pairs = size(from) * (from === to ? size(to) - 1 : size(to))
      if (pairs === 0) continue
      sum += pairs * value(from, to)
      count += pairs
    }
  return count === 0 ? 0 : sum / count
}
