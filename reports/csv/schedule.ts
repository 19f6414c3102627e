import { type Model, nodeName } from '../../engine/model.ts'
import { csvRow } from '../../runner/output/csv.ts'
import type { PolicyDecisions } from '../parquet.ts'

/** Rows that are written at a time. */
const piece = 4096

/**
 * Every placement of the first replication: jobId (workload/job), node, cluster, strategy, ciScore (carbon intensity of
 * the cluster at that time, gCO2e/kWh; empty where it is not known), timestamp (ISO). `start`: what second 0 stands for.
 */
export function* scheduleCsv(model: Model, start: string, policies: Iterable<PolicyDecisions>): Generator<string> {
  const originMs = Date.parse(start)
  yield csvRow(['jobId', 'node', 'cluster', 'strategy', 'ciScore', 'timestamp'])
  for (const { policy, decisions } of policies)
    for (let from = 0; from < decisions.time.length; from += piece) {
      let text = ''
      for (let row = from; row < Math.min(from + piece, decisions.time.length); row++) {
        const node = decisions.node[row]
        text += csvRow([
          `${model.workloads.names[decisions.workload[row]]}/${decisions.ordinal[row]}`,
          nodeName(model, node),
          model.clusters.names[model.nodeCluster[node]],
          policy,
          decisions.intensity[row],
          new Date(originMs + decisions.time[row] * 1000).toISOString(),
        ])
      }
      yield text
    }
}
