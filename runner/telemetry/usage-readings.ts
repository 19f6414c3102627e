/** What the Metrics API and a kubelet’s /stats/summary say of the use of CPU and memory. */
import { readQuantity } from '../clusters/read-quantity.ts'

export interface UsageReading {
  readonly name: string
  /** End of the time over which it was measured, by the clock of who measured. */
  readonly atMs: number
  readonly cores: number
  readonly bytes: number
}

interface Usage {
  readonly cpu?: string
  readonly memory?: string
}

/** An item of metrics.k8s.io/v1beta1 NodeMetricsList or PodMetricsList. */
export interface MetricsItem {
  readonly metadata?: { readonly name?: string }
  readonly timestamp?: string
  readonly usage?: Usage
  readonly containers?: readonly { readonly usage?: Usage }[]
}

/** A pod uses what its containers do. */
export function fromMetrics({ items = [] }: { items?: readonly MetricsItem[] }): UsageReading[] {
  return items.map(({ metadata, timestamp, usage, containers }) => {
    const used = usage === undefined ? (containers ?? []).map(container => container.usage ?? {}) : [usage]
    const sum = (of: 'cpu' | 'memory') => used.reduce((total, each) => total + readQuantity(each[of] ?? ''), 0)
    return {
      name: metadata?.name ?? '',
      atMs: Date.parse(timestamp ?? ''),
      cores: sum('cpu'),
      bytes: sum('memory'),
    }
  })
}

interface StatsOf {
  readonly cpu?: { readonly time?: string; readonly usageNanoCores?: number }
  readonly memory?: { readonly workingSetBytes?: number }
}

/** Of a kubelet’s stats.k8s.io Summary. */
export interface StatsSummary {
  readonly pods?: readonly (StatsOf & { readonly podRef?: { readonly name?: string; readonly namespace?: string } })[]
}

/** Of the pods of a namespace. The node’s own figures are the machine’s, on which there may be others: left out. */
export const fromSummary = ({ pods = [] }: StatsSummary, namespace: string): UsageReading[] =>
  pods
    .filter(({ podRef }) => podRef?.namespace === namespace)
    .map(({ podRef, cpu, memory }) => ({
      name: podRef?.name ?? '',
      atMs: Date.parse(cpu?.time ?? ''),
      cores: (cpu?.usageNanoCores ?? Number.NaN) / 1e9,
      bytes: memory?.workingSetBytes ?? Number.NaN,
    }))
