/**
 * What became of each job, kept by workload and ordinal: ordinals are whole numbers without gaps, so a job has its
 * place when it ends, whichever ends first, and nothing is sorted.
 */
import type { JobEnd } from './collect.ts'
import { doubled } from './doubled.ts'
import type { Model } from './model.ts'
import type { JobRecords } from './result.ts'

type Numbers = Float64Array | Int32Array | Uint8Array

/** The records of one workload; index = ordinal. */
class WorkloadJobs {
  count = 0
  submitTime: Float64Array
  waitTime: Float64Array
  runTime: Float64Array
  latency: Float64Array
  outcome: Uint8Array
  cluster: Int32Array
  originCluster: Int32Array
  deadlineMissed: Uint8Array
  attempts: Int32Array

  constructor(capacity: number) {
    this.submitTime = new Float64Array(capacity)
    this.waitTime = new Float64Array(capacity)
    this.runTime = new Float64Array(capacity)
    this.latency = new Float64Array(capacity)
    this.outcome = new Uint8Array(capacity)
    this.cluster = new Int32Array(capacity)
    this.originCluster = new Int32Array(capacity)
    this.deadlineMissed = new Uint8Array(capacity)
    this.attempts = new Int32Array(capacity)
  }

  grow(): void {
    this.submitTime = doubled(this.submitTime)
    this.waitTime = doubled(this.waitTime)
    this.runTime = doubled(this.runTime)
    this.latency = doubled(this.latency)
    this.outcome = doubled(this.outcome)
    this.cluster = doubled(this.cluster)
    this.originCluster = doubled(this.originCluster)
    this.deadlineMissed = doubled(this.deadlineMissed)
    this.attempts = doubled(this.attempts)
  }
}

type Column = Exclude<keyof WorkloadJobs, 'count' | 'grow'>

export class JobRows {
  private readonly workloads: WorkloadJobs[]

  constructor({ workloads: { count, traceStart } }: Model) {
    // Without any workload there is one without jobs.
    this.workloads = Array.from(
      { length: Math.max(1, count) },
      (_, w) => new WorkloadJobs(count === 0 ? 0 : Math.max(256, traceStart[w + 1] - traceStart[w])),
    )
  }

  /** The job left the system, or the run is over. `outcome`: its index. */
  note(job: JobEnd, outcome: number, missed: boolean): void {
    const rows = this.workloads[job.workload]
    const row = job.ordinal
    while (row >= rows.submitTime.length) rows.grow()
    if (row >= rows.count) rows.count = row + 1
    rows.submitTime[row] = job.submitS
    rows.waitTime[row] = job.beginS - job.submitS
    rows.runTime[row] = job.runS
    rows.latency[row] = job.latencyS
    rows.outcome[row] = outcome
    rows.cluster[row] = job.cluster
    rows.originCluster[row] = job.origin
    rows.deadlineMissed[row] = missed ? 1 : 0
    rows.attempts[row] = job.attempts
  }

  /** By (submission, workload, ordinal), once all jobs have been noted. */
  records(): JobRecords {
    const { workloads } = this
    const order = orderOf(
      joined(workloads.map(({ submitTime, count }) => submitTime.subarray(0, count))),
      workloads.map(({ count }) => count),
    )
    const ordered = <T extends Numbers>(columns: T[]): T => pick(joined(columns), order)
    const column = <N extends Column>(name: N) => ordered(workloads.map(rows => exactly(rows[name], rows.count)))
    return {
      workload: ordered(workloads.map(({ count }, w) => new Int32Array(count).fill(w))),
      ordinal: ordered(workloads.map(({ count }) => Float64Array.from({ length: count }, (_, ordinal) => ordinal))),
      submitTime: column('submitTime'),
      waitTime: column('waitTime'),
      runTime: column('runTime'),
      latency: column('latency'),
      outcome: column('outcome'),
      cluster: column('cluster'),
      originCluster: column('originCluster'),
      deadlineMissed: column('deadlineMissed'),
      attempts: column('attempts'),
    }
  }
}

/** The first values of a column that may have room for more: what is handed on is as long as it is. */
export const exactly = <T extends Numbers>(column: T, count: number): T =>
  (column.length === count ? column : column.slice(0, count)) as T

/** Columns one after another. */
function joined<T extends Numbers>(columns: readonly T[]): T {
  if (columns.length === 1) return columns[0]
  const all = new (columns[0].constructor as new (length: number) => T)(
    columns.reduce((sum, { length }) => sum + length, 0),
  )
  let start = 0
  for (const column of columns) {
    all.set(column, start)
    start += column.length
  }
  return all
}

/** The values at `order`; null: as they stand. */
function pick<T extends Numbers>(column: T, order: Int32Array | null): T {
  if (order === null) return column
  const picked = new (column.constructor as new (length: number) => T)(order.length)
  for (let row = 0; row < order.length; row++) picked[row] = column[order[row]]
  return picked
}

/** Rows of the workloads by submission: each workload's jobs are submitted in their order, so they are merged. */
function orderOf(submitTime: Float64Array, counts: readonly number[]): Int32Array | null {
  if (counts.length === 1) return null
  let order: Int32Array = new Int32Array(0)
  for (const count of counts) {
    const start = order.length
    order = mergeBy(
      submitTime,
      order,
      Int32Array.from({ length: count }, (_, ordinal) => start + ordinal),
    )
  }
  return order
}

/** Rows of two lists that ascend by time as one; of equal ones those of the first come first. */
function mergeBy(time: Float64Array, a: Int32Array, b: Int32Array): Int32Array {
  const merged = new Int32Array(a.length + b.length)
  let [i, j] = [0, 0]
  for (let at = 0; at < merged.length; at++)
    merged[at] = j === b.length || (i < a.length && time[a[i]] <= time[b[j]]) ? a[i++] : b[j++]
  return merged
}
