import { type Model, nodeName } from '../../engine/model.ts'
import type { DecisionRecords } from '../../engine/result.ts'
import { same, texts } from './values.ts'
import { type Column, type RowGroup, rowRanges, writeParquet } from './write.ts'

export interface PolicyDecisions {
  readonly policy: string
  readonly decisions: DecisionRecords
}

const columns: readonly Column[] = [
  { name: 'policy', type: 'STRING' },
  { name: 'time_s', type: 'DOUBLE' },
  { name: 'workload', type: 'STRING' },
  { name: 'job', type: 'INT32' },
  { name: 'stage', type: 'STRING' },
  { name: 'attempt', type: 'INT32' },
  { name: 'origin', type: 'STRING' },
  { name: 'cluster', type: 'STRING' },
  { name: 'node', type: 'STRING' },
  { name: 'score', type: 'DOUBLE', nullable: true },
  { name: 'gco2e_per_kwh', type: 'DOUBLE', nullable: true },
]

/**
 * decisions.parquet: every placement of one replication in the order in which they were taken, policy by policy;
 * `workload` and `job` as in jobs.parquet. Pieces to be written one after another.
 */
export const decisionsParquet = (model: Model, policies: Iterable<PolicyDecisions>): Generator<Uint8Array> =>
  writeParquet(columns, rowGroups(model, policies))

function* rowGroups(model: Model, policies: Iterable<PolicyDecisions>): Generator<RowGroup> {
  for (const { policy, decisions } of policies) {
    for (const { from, to } of rowRanges(decisions.time.length)) yield rowGroup(model, policy, decisions, from, to)
  }
}

function rowGroup(model: Model, policy: string, all: DecisionRecords, from: number, to: number): RowGroup {
  const rows = to - from
  const cluster = (code: number) => model.clusters.names[code]
  const node = all.node.subarray(from, to)
  return {
    rows,
    columns: [
      same(policy, rows),
      all.time.subarray(from, to),
      texts(all.workload.subarray(from, to), code => model.workloads.names[code]),
      Int32Array.from(all.ordinal.subarray(from, to)),
      texts(all.stage.subarray(from, to), code => model.stages.ids[code]),
      all.attempt.subarray(from, to),
      texts(all.originCluster.subarray(from, to), cluster),
      texts(
        node.map(n => model.nodeCluster[n]),
        cluster,
      ),
      texts(node, n => nodeName(model, n)),
      all.score.subarray(from, to),
      all.intensity.subarray(from, to),
    ],
  }
}
