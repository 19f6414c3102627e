/** pods.csv and nodes.csv: what became of every pod and node, by the cluster's clock and by that of the runner. */
import { csvRow } from '../output/csv.ts'
import type { Lifecycle } from './lifecycle.ts'

/** Of one policy's run. */
export interface PolicyLifecycle {
  readonly policy: string
  readonly lifecycle: Pick<Lifecycle, 'pods' | 'nodes'>
}

const podColumns = [
  ...['policy', 'cluster', 'job', 'uid', 'phase', 'bound_ms', 'began_ms', 'ended_ms'],
  ...['heard_first_ms', 'heard_began_ms', 'heard_ended_ms', 'core_s'],
]

/** Milliseconds since the epoch: the cluster's in whole seconds, and when the runner heard of it. */
export function* podsCsv(runs: readonly PolicyLifecycle[]): Generator<string> {
  yield csvRow(podColumns)
  for (const { policy, lifecycle } of runs)
    for (const { cluster, job, uid, phase, boundMs, beganMs, endedMs, receipt, cpuS } of lifecycle.pods.values())
      yield csvRow([
        ...[policy, cluster, job, uid, phase, boundMs, beganMs, endedMs],
        ...[receipt.firstMs, receipt.beganMs, receipt.endedMs, cpuS],
      ])
}

/** Each word about a node, a row. */
export function* nodesCsv(runs: readonly PolicyLifecycle[]): Generator<string> {
  yield csvRow(['policy', 'cluster', 'node', 'ready', 'changed_ms', 'heard_ms'])
  for (const { policy, lifecycle } of runs)
    for (const { cluster, node, ready, changedMs, receiptMs } of lifecycle.nodes)
      yield csvRow([policy, cluster, node, ready, changedMs, receiptMs])
}
