import { expect, it } from 'vitest'
import type { TelemetrySeries } from '../../runner/telemetry/series.ts'
import { seriesCsv } from '../../runner/telemetry/series-csv.ts'

it('a figure is a row, with both of its times', () => {
  const series: TelemetrySeries = {
    ...{ source: 'metrics-api', cluster: 'c', name: 'p', metric: 'cpu', unit: 'cores' },
    ...{ kind: 'pod', atMs: [1000, 2000], receiptMs: [1500, 2500], values: [0.5, 1] },
  }
  expect([...seriesCsv([{ policy: 'a', series: [series] }, { policy: 'b' }])].join('')).toBe(
    `policy,source,cluster,kind,name,metric,unit,at_ms,received_ms,value
a,metrics-api,c,pod,p,cpu,cores,1000,1500,0.5
a,metrics-api,c,pod,p,cpu,cores,2000,2500,1
`,
  )
})
