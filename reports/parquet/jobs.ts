import type { Model } from '../../engine/model.ts'
import { type JobRecords, outcomes } from '../../engine/result.ts'
import { same, texts } from './values.ts'
import { type Column, type RowGroup, rowRanges, writeParquet } from './write.ts'

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

/**
 * jobs.parquet: every job of one replication, policy by policy; times in seconds, null where there is none (a job that
 * did not complete has no latency). Pieces to be written one after another.
 */
export const jobsParquet = (model: Model, policies: Iterable<PolicyJobs>): Generator<Uint8Array> =>
  writeParquet(columns, rowGroups(model, policies))

function* rowGroups(model: Model, policies: Iterable<PolicyJobs>): Generator<RowGroup> {
  for (const { policy, jobs } of policies) {
    for (const { from, to } of rowRanges(jobs.submitTime.length)) yield rowGroup(model, policy, jobs, from, to)
  }
}

function rowGroup(model: Model, policy: string, jobs: JobRecords, from: number, to: number): RowGroup {
  const rows = to - from
  const { names } = model.clusters
  const waitS = jobs.waitTime.subarray(from, to)
  const runS = jobs.runTime.subarray(from, to)
  const responseS = waitS.map((wait, row) => wait + runS[row])
  return {
    rows,
    columns: [
      same(policy, rows),
      texts(jobs.workload.subarray(from, to), code => model.workloads.names[code]),
      Int32Array.from(jobs.ordinal.subarray(from, to)),
      jobs.submitTime.subarray(from, to),
      waitS,
      runS,
      responseS,
      responseS.map((response, row) => Math.max(1, response / Math.max(runS[row], 10))),
      jobs.latency.subarray(from, to),
      jobs.deadlineMissed.subarray(from, to),
      texts(jobs.outcome.subarray(from, to), code => outcomes[code]),
      texts(jobs.originCluster.subarray(from, to), code => names[code]),
      texts(jobs.cluster.subarray(from, to), code => names[code]),
      jobs.attempts.subarray(from, to),
    ],
  }
}
