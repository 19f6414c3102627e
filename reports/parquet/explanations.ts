import { type Model, nodeName } from '../../engine/model.ts'
import type { ExplanationRecords } from '../../engine/result.ts'
import { same, texts } from './values.ts'
import { type Column, type RowGroup, rowRanges, writeParquet } from './write.ts'

export interface PolicyExplanations {
  readonly policy: string
  readonly explanations: ExplanationRecords
}

const columns: readonly Column[] = [
  { name: 'policy', type: 'STRING' },
  { name: 'time_s', type: 'DOUBLE' },
  { name: 'workload', type: 'STRING' },
  { name: 'job', type: 'INT32' },
  { name: 'stage', type: 'STRING' },
  { name: 'attempt', type: 'INT32' },
  { name: 'cluster', type: 'STRING' },
  { name: 'node', type: 'STRING' },
  { name: 'chosen', type: 'BOOLEAN' },
  { name: 'score', type: 'DOUBLE', nullable: true },
  { name: 'term', type: 'STRING', nullable: true },
  { name: 'value', type: 'DOUBLE', nullable: true },
]

/**
 * explanations.parquet: for placements of one replication, a sample or all, the candidates, and a row for what each term
 * gave; `score` and `chosen` are the candidate's, the least score is chosen. Pieces to be written one after another.
 */
export const explanationsParquet = (model: Model, policies: Iterable<PolicyExplanations>): Generator<Uint8Array> =>
  writeParquet(columns, rowGroups(model, policies))

function* rowGroups(model: Model, policies: Iterable<PolicyExplanations>): Generator<RowGroup> {
  for (const { policy, explanations } of policies)
    for (const { from, to } of rowRanges(explanations.time.length))
      yield rowGroup(model, policy, explanations, from, to)
}

function rowGroup(model: Model, policy: string, all: ExplanationRecords, from: number, to: number): RowGroup {
  const node = all.node.subarray(from, to)
  return {
    rows: to - from,
    columns: [
      same(policy, to - from),
      all.time.subarray(from, to),
      texts(all.workload.subarray(from, to), code => model.workloads.names[code]),
      Int32Array.from(all.ordinal.subarray(from, to)),
      texts(all.stage.subarray(from, to), code => model.stages.ids[code]),
      all.attempt.subarray(from, to),
      texts(
        node.map(n => model.nodeCluster[n]),
        code => model.clusters.names[code],
      ),
      texts(node, n => nodeName(model, n)),
      all.chosen.subarray(from, to),
      all.score.subarray(from, to),
      texts(all.term.subarray(from, to), code => all.terms[code] ?? ''),
      all.value.subarray(from, to),
    ],
  }
}
