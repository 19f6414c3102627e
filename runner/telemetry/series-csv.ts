/** telemetry.csv: what nodes, pods and applications used and did, as others measured it, a figure a row. */
import { csvRow } from '../output/csv.ts'
import type { TelemetrySeries } from './series.ts'

/** Of one policy's run. */
export interface PolicySeries {
  readonly policy: string
  readonly series?: readonly TelemetrySeries[]
}

/** Milliseconds since the epoch: when it was measured, by the clock of who measured, and when the runner got it. */
export function* seriesCsv(runs: readonly PolicySeries[]): Generator<string> {
  yield csvRow(['policy', 'source', 'cluster', 'kind', 'name', 'metric', 'unit', 'at_ms', 'received_ms', 'value'])
  for (const { policy, series = [] } of runs)
    for (const { source, cluster, kind, name, metric, unit, atMs, receiptMs, values } of series)
      for (const [i, value] of values.entries())
        yield csvRow([policy, source, cluster, kind, name, metric, unit, atMs[i], receiptMs[i], value])
}
