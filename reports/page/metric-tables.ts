import { findRow } from '../lookup.ts'
import type { Results } from '../results.ts'
import { type Cell, cellOf, cellScale } from './cell.ts'

export interface MetricTable {
  head: { title: string; description: string }[]
  rows: { labels: { text: string; description: string }[]; cells: Cell[] }[]
}

/** Every metric that was measured × policy. */
export function allMetrics(results: Results): MetricTable {
  const measured = results.metrics.filter(metric =>
    results.policies.some(({ label }) => (findRow(results, label, metric.name)?.method ?? 'empty') !== 'empty'),
  )
  return {
    head: [
      { title: 'Metric', description: '' },
      ...results.policies.map(({ label, summary }) => ({ title: label, description: summary })),
    ],
    rows: measured.map(metric => ({
      labels: [{ text: metric.title, description: `${metric.name}: ${metric.description}` }],
      cells: results.policies.map(({ label }) =>
        cellOf(findRow(results, label, metric.name), cellScale(results, metric)),
      ),
    })),
  }
}

/** Cluster and policy × the metrics that clusters have. */
export function clusterMetrics(results: Results): MetricTable {
  const metrics = results.metrics.filter(metric => metric.perCluster)
  return {
    head: [
      { title: 'Cluster', description: '' },
      { title: 'Policy', description: '' },
      ...metrics.map(({ title, description }) => ({ title, description })),
    ],
    rows: results.fabric.clusters.flatMap(({ name, zone, nodes, cores }) =>
      results.policies.map(({ label }) => ({
        labels: [
          { text: name, description: `zone ${zone}, ${nodes} nodes, ${cores} cores` },
          { text: label, description: '' },
        ],
        cells: metrics.map(metric =>
          cellOf(findRow(results, label, metric.name, name), cellScale(results, metric, true)),
        ),
      })),
    ),
  }
}
