/** Decisions in the order in which they are taken, a column for each field, that grow by doubling. */
import { doubled } from './doubled.ts'
import { exactly } from './job-rows.ts'
import type { DecisionRecords } from './result.ts'

export class DecisionRows {
  private count = 0
  private time: Float64Array
  private workload: Int32Array
  private ordinal: Float64Array
  private stage: Int32Array
  private attempt: Int32Array
  private originCluster: Int32Array
  private node: Int32Array
  private score: Float64Array
  private intensity: Float64Array

  constructor(capacity: number) {
    this.time = new Float64Array(capacity)
    this.workload = new Int32Array(capacity)
    this.ordinal = new Float64Array(capacity)
    this.stage = new Int32Array(capacity)
    this.attempt = new Int32Array(capacity)
    this.originCluster = new Int32Array(capacity)
    this.node = new Int32Array(capacity)
    this.score = new Float64Array(capacity)
    this.intensity = new Float64Array(capacity)
  }

  push(
    timeS: number,
    workload: number,
    ordinal: number,
    stage: number,
    attempt: number,
    origin: number,
    node: number,
    score: number,
    intensity: number,
  ): void {
    const row = this.count
    if (row === this.time.length) this.grow()
    this.time[row] = timeS
    this.workload[row] = workload
    this.ordinal[row] = ordinal
    this.stage[row] = stage
    this.attempt[row] = attempt
    this.originCluster[row] = origin
    this.node[row] = node
    this.score[row] = score
    this.intensity[row] = intensity
    this.count = row + 1
  }

  records(): DecisionRecords {
    const { count } = this
    return {
      time: exactly(this.time, count),
      workload: exactly(this.workload, count),
      ordinal: exactly(this.ordinal, count),
      stage: exactly(this.stage, count),
      attempt: exactly(this.attempt, count),
      originCluster: exactly(this.originCluster, count),
      node: exactly(this.node, count),
      score: exactly(this.score, count),
      intensity: exactly(this.intensity, count),
    }
  }

  private grow(): void {
    this.time = doubled(this.time)
    this.workload = doubled(this.workload)
    this.ordinal = doubled(this.ordinal)
    this.stage = doubled(this.stage)
    this.attempt = doubled(this.attempt)
    this.originCluster = doubled(this.originCluster)
    this.node = doubled(this.node)
    this.score = doubled(this.score)
    this.intensity = doubled(this.intensity)
  }
}
