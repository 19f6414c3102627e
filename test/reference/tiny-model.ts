/** Worlds of a line or two: one cluster of alike nodes unless told, everything at once unless told. */
import { expect } from 'vitest'
import { findPolicy, type Model, type RunResult, simulate } from '../../engine/index.ts'
import { buildModel } from './build-model.ts'
import { logRows } from './compare-log.ts'
import type { ClusterSpec, GroupSpec, ModelSpec } from './model-spec.ts'
import type { LogRow } from './notes.ts'
import { referenceRun } from './reference.ts'

export interface TinyWorld extends Omit<ModelSpec, 'clusters'> {
  clusters?: ClusterSpec[]
  /** Of the one cluster, `c`: default one node of one core. */
  nodes?: number
  node?: Partial<GroupSpec>
  cluster?: Partial<ClusterSpec>
}

export function tinyModel({ nodes = 1, node, cluster, clusters, ...rest }: TinyWorld): Model {
  const only = { name: 'c', groups: [{ nodes, cpuMilli: 1000, ...node }], ...cluster }
  return buildModel({ ...rest, clusters: clusters ?? [only] })
}

/** Runs a policy of the table, with its defaults unless told. */
export function run(model: Model, policy = 'fcfs', options = {}, replication = 0): RunResult {
  return simulate(model, findPolicy(policy)!.create(options), { replication, record: { jobs: true } })
}

/**
 * The event log of a run, a line a row: `time kind workload/ordinal.stage#attempt@node`, parts that it is not about
 * left out, the stage (its position) where there is only one; of links `@` is their pair. Of the engine; that of the reference must be the same.
 */
export function logLines(model: Model, policy = 'fcfs', options = {}): string[] {
  const { log } = simulate(model, findPolicy(policy)!.create(options), { replication: 0, record: { events: true } })
  const lines = logRows(log!).map(row => line(model, row))
  const { log: expected } = referenceRun(model, { name: policy, options }, 0)
  expect(lines).toEqual(expected.map(row => line(model, row)))
  return lines
}

function line({ workloads: { stageStart } }: Model, { time, kind, workload, ordinal, stage, attempt, node }: LogRow) {
  if (kind === 'trigger') return `${time} ${kind} ${ordinal}`
  const job = workload < 0 ? '' : ` ${workload}/${ordinal}`
  const isOnlyStage = workload < 0 || stageStart[workload + 1] - stageStart[workload] === 1
  const position = stage < 0 || isOnlyStage ? '' : `.${stage - stageStart[workload]}`
  return `${time} ${kind}${job}${position}${attempt < 0 ? '' : `#${attempt}`}${node < 0 ? '' : `@${node}`}`
}
