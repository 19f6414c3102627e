import type { Model } from '../../engine/model.ts'
import { type JobRecords, outcomes } from '../../engine/result.ts'
import { type Column, type RowGroup, writeParquet } from './write.ts'

export interface PolicyJobs {
  readonly policy: string
  readonly jobs: JobRecords
}

const columns: readonly Column[] = [
  { name: 'policy', type: 'STRING' },
  { name: 'workload', type: 'STRING' },
  { name: 'job', type: 'INT32' },
  { name: 'submit_time', type: 'DOUBLE' },
  { name: 'wait_time', type: 'DOUBLE', nullable: true },
  { name: 'run_time', type: 'DOUBLE', nullable: true },
  { name: 'response_time', type: 'DOUBLE', nullable: true },
  { name: 'bounded_slowdown', type: 'DOUBLE', nullable: true },
  { name: 'latency', type: 'DOUBLE', nullable: true },
  { name: 'deadline_missed', type: 'BOOLEAN' },
  { name: 'outcome', type: 'STRING' },
  { name: 'origin', type: 'STRING' },
  { name: 'cluster', type: 'STRING', nullable: true },
  { name: 'attempts', type: 'INT32' },
]

const rowsPerGroup = 100_000

/**
 * jobs.parquet: every job of one replication, policy by policy; times in seconds, null where there is none (a job that
 * did not complete has no latency). Pieces to be written one after another.
 */
export const jobsParquet = (model: Model, policies: Iterable<PolicyJobs>): Generator<Uint8Array> =>
  writeParquet(columns, rowGroups(model, policies))

function* rowGroups(model: Model, policies: Iterable<PolicyJobs>): Generator<RowGroup> {
  for (const { policy, jobs } of policies) {
    for (let from = 0; from < jobs.submitTime.length; from += rowsPerGroup)
      yield rowGroup(model, policy, jobs, from, Math.min(jobs.submitTime.length, from + rowsPerGroup))
  }
}

function rowGroup(model: Model, policy: string, jobs: JobRecords, from: number, to: number): RowGroup {
  const rows = <T>(value: (row: number) => T): T[] => Array.from({ length: to - from }, (_, i) => value(from + i))
  const known = (column: Float64Array) => Array.from(column.subarray(from, to), knownOr)
  const { names } = model.clusters
  const responseTime = (row: number) => jobs.waitTime[row] + jobs.runTime[row]
  return [
    rows(() => policy),
    rows(row => model.workloads.names[jobs.workload[row]]),
    Int32Array.from(jobs.ordinal.subarray(from, to)),
    jobs.submitTime.subarray(from, to),
    known(jobs.waitTime),
    known(jobs.runTime),
    rows(row => knownOr(responseTime(row))),
    rows(row => knownOr(Math.max(1, responseTime(row) / Math.max(jobs.runTime[row], 10)))),
    known(jobs.latency),
    rows(row => jobs.deadlineMissed[row] === 1),
    rows(row => outcomes[jobs.outcome[row]]),
    rows(row => names[jobs.originCluster[row]]),
    rows(row => names[jobs.cluster[row]] ?? null),
    jobs.attempts.subarray(from, to),
  ]
}

const knownOr = (value: number): number | null => (Number.isNaN(value) ? null : value)
