/** decisions.csv: every placement of replication 0, policy by policy. */
import { type Model, nodeName } from '../../engine/index.ts'
import type { DecisionRecords } from '../../engine/result.ts'
import { csvField } from './csv.ts'

export const decisionsHeader = 'time_s,job,stage,attempt,origin,cluster,node,policy,score,gco2e_per_kwh\n'

/** Rows of one policy as CSV text in chunks, so that a million of them never make one string. */
export function* decisionRows(model: Model, policy: string, decisions: DecisionRecords): Generator<string> {
  const { clusters, stages, workloads } = model
  const rowsPerChunk = 10_000
  for (let from = 0; from < decisions.time.length; from += rowsPerChunk) {
    let chunk = ''
    const to = Math.min(decisions.time.length, from + rowsPerChunk)
    for (let row = from; row < to; row++) {
      const node = decisions.node[row]
      const score = decisions.score[row]
      chunk += `${decisions.time[row]},${workloads.names[decisions.workload[row]]}/${decisions.ordinal[row]},`
      chunk += `${stages.ids[decisions.stage[row]]},${decisions.attempt[row]},${clusters.names[decisions.originCluster[row]]},`
      chunk += `${clusters.names[model.nodeCluster[node]]},${nodeName(model, node)},${csvField(policy)},${csvField(score)},${csvField(decisions.intensity[row])}\n`
    }
    yield chunk
  }
}
