/** Kinds of work, and how each is spread over the groups that it may use: in proportion to what they get done. */
import { Capacity } from '../../engine/capacity.ts'
import { distributions } from '../../engine/distributions.ts'
import type { Model } from '../../engine/index.ts'

/** Stages of one class of one stage of a workload. */
export interface Kind {
  readonly stage: number
  /** Of the stages. */
  readonly share: number
  /** Work at speed 1: mean, and mean of the square. */
  readonly meanS: number
  readonly squareS: number
  readonly tasks: number
  /** Where it goes; the shares add up to 1. Empty: it fits nowhere. */
  readonly groups: readonly GroupShare[]
}

interface GroupShare {
  readonly group: number
  readonly share: number
  /** Tasks that an empty node holds. */
  readonly fit: number
  /** Run time relative to that at speed 1. */
  readonly slowness: number
}

/** Kinds of a stage of a workload: of a trace one for each class that turns up, else one. */
export function kindsOf(model: Model, workload: number, stage: number): Kind[] {
  const { workloads, traces, stages } = model
  const empty = new Capacity(model)
  if (workloads.arrivals[workload] !== 1) {
    const meanS = meanOf(stages.work[stage], stages.workA[stage], stages.workB[stage])
    const cv = cvOf(stages.work[stage], stages.workA[stage], stages.workB[stage])
    return [kindOf(model, empty, stage, stages.class[stage], 1, meanS, meanS * meanS * (1 + cv * cv))]
  }
  const sums = new Map<number, { jobs: number; s: number; ss: number }>()
  const [from, to] = [workloads.traceStart[workload], workloads.traceStart[workload + 1]]
  for (let row = from; row < to; row++) {
    const sum = sums.get(traces.class[row]) ?? { jobs: 0, s: 0, ss: 0 }
    sum.jobs++
    sum.s += traces.runS[row]
    sum.ss += traces.runS[row] * traces.runS[row]
    sums.set(traces.class[row], sum)
  }
  return [...sums].map(([stageClass, { jobs, s, ss }]) =>
    kindOf(model, empty, stage, stageClass, jobs / (to - from), s / jobs, ss / jobs),
  )
}

function kindOf(
  { classes, groups }: Model,
  empty: Capacity,
  stage: number,
  stageClass: number,
  share: number,
  meanS: number,
  squareS: number,
): Kind {
  const able = [...classes.groups.subarray(classes.groupStart[stageClass], classes.groupStart[stageClass + 1])].map(
    group => {
      const nodes = groups.nodeStart[group + 1] - groups.nodeStart[group]
      const fit = Math.min(1e6, empty.fitCount(groups.nodeStart[group], stageClass))
      const slowness = classes.factor[stageClass * groups.count + group] / groups.speed[group]
      return { group, fit, slowness, pace: (nodes * fit) / slowness }
    },
  )
  const all = able.reduce((sum, { pace }) => sum + pace, 0)
  const spread = able.filter(({ pace }) => pace > 0).map(({ pace, ...rest }) => ({ ...rest, share: pace / all }))
  return { stage, share, meanS, squareS, tasks: classes.tasks[stageClass], groups: spread }
}

export const meanOf = (kind: number, a: number, b: number): number => distributions[kind].mean(a, b)

/** Coefficient of variation of a distribution of the table. */
export function cvOf(kind: number, a: number, b: number): number {
  const { name, mean } = distributions[kind]
  if (name === 'constant' || mean(a, b) === 0) return 0
  if (name === 'exponential') return 1
  if (name === 'uniform') return (b - a) / Math.sqrt(12) / mean(a, b)
  // Γ(1 + 2 / k) is the mean of the same family with half the shape.
  if (name === 'weibull') return Math.sqrt(mean(1, b / 2) / (mean(1, b) * mean(1, b)) - 1)
  return b
}
