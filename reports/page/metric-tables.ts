import { findRow } from '../lookup.ts'
import type { Results } from '../results.ts'
import { type Cell, cellOf, cellScale } from './cell.ts'

export interface Label {
  text: string
  description: string
  /** What it is sorted by; empty: its text. */
  sort: string
}

export interface MetricTable {
  head: { title: string; description: string }[]
  rows: { labels: Label[]; cells: Cell[] }[]
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
      labels: [{ text: metric.title, description: `${metric.name}: ${metric.description}`, sort: '' }],
      cells: results.policies.map(({ label }) =>
        cellOf(findRow(results, label, metric.name), cellScale(results, metric)),
      ),
    })),
  }
}

/** Cluster and policy × the metrics that clusters have, where anything was measured of them. */
export function clusterMetrics(results: Results): MetricTable {
  const ofClusters = results.rows.filter(row => row.scope !== 'fabric' && row.method !== 'empty')
  const measured = new Set(ofClusters.map(row => row.metric))
  const metrics = results.metrics.filter(metric => measured.has(metric.name))
  return {
    head: [
      { title: 'Cluster', description: '' },
      { title: 'Policy', description: '' },
      ...metrics.map(({ title, description }) => ({ title, description })),
    ],
    rows: results.fabric.clusters.flatMap(({ name, zone, nodes, cores }) =>
      results.policies.map(({ label }) => ({
        labels: [
          { text: name, description: `zone ${zone}, ${nodes} nodes, ${cores} cores`, sort: '' },
          { text: label, description: '', sort: '' },
        ],
        cells: metrics.map(metric =>
          cellOf(findRow(results, label, metric.name, name), cellScale(results, metric, true)),
        ),
      })),
    ),
  }
}
