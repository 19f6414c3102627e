/** What attempts had to do and what that takes of cores and energy: the same rule for both sides. */
import { arrivalKind } from '../../engine/arrivals/index.ts'
import type { Model } from '../../engine/index.ts'
import { drawWork } from '../../engine/jobs.ts'
import { Random } from '../../engine/random.ts'
import { type AttemptRecords, attemptEnds } from './attempts.ts'

export interface AttemptWork {
  /** Work seconds at speed 1, without checkpoints. */
  workS: Float64Array
  stageClass: Int32Array
  /** Run-time factor on the node: 1 native. */
  factor: Float64Array
  /** 0 native, 1 wasm, 2 emulated. */
  mode: Uint8Array
  /** Cores that all tasks together ask for while they run. */
  cores: Float64Array
}

/** Work of each attempt, drawn anew from the streams of the replication. */
export function workOf(model: Model, replication: number, attempts: AttemptRecords): AttemptWork {
  const count = attempts.stage.length
  const random = new Random(model.seed, replication)
  const { classes, groups, stages, traces, workloads } = model
  const out: AttemptWork = {
    workS: new Float64Array(count),
    stageClass: new Int32Array(count),
    factor: new Float64Array(count),
    mode: new Uint8Array(count),
    cores: new Float64Array(count),
  }
  for (let row = 0; row < count; row++) {
    const [w, stage, ordinal] = [attempts.workload[row], attempts.stage[row], attempts.ordinal[row]]
    const traced = workloads.arrivals[w] === arrivalKind.trace
    const line = workloads.traceStart[w] + ordinal
    const stageClass = traced ? traces.class[line] : stages.class[stage]
    const onGroup = stageClass * groups.count + model.nodeGroup[attempts.node[row]]
    out.workS[row] = traced ? traces.runS[line] : drawWork({ model, random }, w, stage, ordinal)
    out.stageClass[row] = stageClass
    out.factor[row] = classes.factor[onGroup]
    out.mode[row] = classes.mode[onGroup]
    out.cores[row] = (classes.tasks[stageClass] * classes.useMilli[stageClass]) / 1000
  }
  return out
}

/**
 * Core-seconds of each attempt: what was measured, else of a finished one its work on that node, and of any other its cores
 * for as long as it ran.
 */
export function coreSeconds(
  model: Model,
  attempts: AttemptRecords,
  { workS, factor, cores }: AttemptWork,
  measured?: Float64Array,
): Float64Array {
  const finished = attemptEnds.indexOf('finished')
  return attempts.beginS.map((beginS, row) => {
    if (measured !== undefined && !Number.isNaN(measured[row])) return measured[row]
    if (Number.isNaN(beginS)) return 0
    if (attempts.end[row] !== finished) return cores[row] * ((attempts.endS[row] || beginS) - beginS)
    return (cores[row] * workS[row] * factor[row]) / model.groups.speed[model.nodeGroup[attempts.node[row]]]
  })
}

/** Facility joules that a core-second on each attempt's node adds to an idle node: the mean slope of its power curve. */
export function joulesPerCoreS(model: Model, attempts: AttemptRecords): Float64Array {
  const { groups, clusters, nodeCluster, nodeGroup } = model
  return Float64Array.from(attempts.node, node => {
    const g = nodeGroup[node]
    return ((groups.busyW[g] - groups.idleW[g]) / (groups.coreMilli[g] / 1000)) * clusters.pue[nodeCluster[node]]
  })
}

/** Mean gCO2e/kWh at each attempt's cluster while it ran; NaN where it is not known, or it never ran. */
export const intensities = (model: Model, { node, beginS, endS }: AttemptRecords): Float64Array =>
  Float64Array.from(node, (at, row) => meanIntensity(model, model.nodeCluster[at], beginS[row], endS[row]))

function meanIntensity({ carbon }: Model, cluster: number, fromS: number, toS: number): number {
  const [first, end] = [carbon.start[cluster], carbon.start[cluster + 1]]
  if (first === end || Number.isNaN(fromS) || Number.isNaN(toS)) return Number.NaN
  let sum = 0
  for (let i = first; i < end; i++) {
    const since = Math.max(fromS, i === first ? Number.NEGATIVE_INFINITY : carbon.atS[i])
    const until = Math.min(toS, i + 1 === end ? Number.POSITIVE_INFINITY : carbon.atS[i + 1])
    if (until === since && fromS === toS) return carbon.gramsPerKwh[i]
    if (until > since) sum += carbon.gramsPerKwh[i] * (until - since)
  }
  return sum / (toS - fromS)
}

/** Sums over the attempts of each job, by key `workload ordinal`. */
export function sumByJob(attempts: AttemptRecords, values: Float64Array): Map<string, number> {
  const sums = new Map<string, number>()
  for (let row = 0; row < values.length; row++) {
    const key = `${attempts.workload[row]} ${attempts.ordinal[row]}`
    sums.set(key, (sums.get(key) ?? 0) + values[row])
  }
  return sums
}
