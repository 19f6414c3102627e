/** Stages of a ModelSpec as columns. */
import { distributions } from '../../engine/distributions.ts'
import type { Stages } from '../../engine/model.ts'
import type { ClassList } from './build-classes.ts'
import { starts } from './build-fabric.ts'
import { type DistributionSpec, type StageSpec, stagesOf, stores, type WorkloadSpec } from './model-spec.ts'

/** Indices into the table of distributions and their parameters; constant 0 where there is none. */
export function distributionColumns(list: readonly (DistributionSpec | undefined)[]) {
  const full = list.map(item => ({ kind: 'constant', a: 0, b: 0, ...item }))
  return {
    kind: Int32Array.from(full, ({ kind }) => distributions.findIndex(entry => entry.name === kind)),
    a: Float64Array.from(full, ({ a }) => a),
    b: Float64Array.from(full, ({ b }) => b),
  }
}

/** Stages come in the order of the workloads (which are sorted) and, within one, of its list. */
export function buildStages(workloads: readonly WorkloadSpec[], classes: ClassList): Stages {
  const first = starts(workloads.map(workload => stagesOf(workload).length))
  const stages = workloads.flatMap((workload, w) =>
    stagesOf(workload).map(stage => ({ after: [], ...stage, w, isTrace: workload.trace !== undefined })),
  )
  const work = distributionColumns(stages.map(stage => stage.work))
  const predecessors = stages.map(({ after, w }) =>
    [...after].sort((a, b) => a - b).map(position => first[w] + position),
  )
  const floats = (of: (stage: StageSpec) => number) => Float64Array.from(stages, of)
  return {
    count: stages.length,
    ids: stages.map((_, index) => `stage-${index}`),
    workload: Int32Array.from(stages, stage => stage.w),
    class: Int32Array.from(stages, stage => (stage.isTrace ? -1 : classes.indexOf(stage.request))),
    work: work.kind,
    workA: work.a,
    workB: work.b,
    estimateS: floats(stage => stage.estimateS ?? meanWork(stage)),
    failureProbability: floats(stage => stage.failureProbability ?? 0),
    predecessorStart: starts(predecessors.map(list => list.length)),
    predecessors: Int32Array.from(predecessors.flat()),
    checkpointEveryS: floats(stage => stage.checkpoint?.everyS ?? Infinity),
    checkpointCostS: floats(stage => stage.checkpoint?.costS ?? 0),
    inputBytes: floats(stage => stage.inputBytes ?? 0),
    outputBytes: floats(stage => stage.outputBytes ?? 0),
    checkpointStore: Uint8Array.from(stages, ({ checkpoint }) => stores.indexOf(checkpoint?.store ?? 'node')),
  }
}

function meanWork({ work }: StageSpec): number {
  if (work === undefined) return 0
  return distributions.find(entry => entry.name === work.kind)!.mean(work.a ?? 0, work.b ?? 0)
}
