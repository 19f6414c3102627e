/**
 * The numbers of a trial as one row, so that a hundred thousand of them are cheap to send, to keep and to add up: first
 * what is no metric, then every metric of the fabric, then those of each cluster.
 */
import { metrics } from '../../engine/metrics.ts'
import type { TrialNumbers } from '../trial-summary.ts'

const others = [
  'events',
  'submitted',
  'unfinished',
  'measuredSubmitted',
  'measuredUnfinished',
  'censored',
  'quarter0',
  'quarter1',
  'quarter2',
  'quarter3',
] as const

const clusterMetrics = metrics.filter(metric => metric.perCluster)
const fabricPlace = new Map<string, number>(metrics.map((metric, i) => [metric.name, others.length + i]))
const clusterPlace = new Map(clusterMetrics.map((metric, i) => [metric.name, i]))
const firstOfClusters = others.length + metrics.length

export const rowLength = (clusters: number): number => firstOfClusters + clusterMetrics.length * clusters

/** Where something that is no metric stands. */
export const placeOf = (name: (typeof others)[number]): number => others.indexOf(name)

/** Where a metric stands; `cluster` −1: of the fabric. */
export const placeOfMetric = (metric: string, cluster = -1): number =>
  cluster < 0
    ? (fabricPlace.get(metric) as number)
    : firstOfClusters + cluster * clusterMetrics.length + (clusterPlace.get(metric) as number)

export function rowOf({ total, measured, fabric, clusters, waitingQuarters, events }: TrialNumbers): Float64Array {
  const perCluster = clusterMetrics.map(metric => clusters[metric.name] ?? [])
  const row = new Float64Array(rowLength(perCluster[0].length))
  row.set([events, total.submitted, total.unfinished, measured.submitted, measured.unfinished, measured.censored])
  row.set(waitingQuarters, placeOf('quarter0'))
  for (const [i, { name }] of metrics.entries()) row[others.length + i] = fabric[name]
  for (const [i, values] of perCluster.entries())
    for (const [cluster, value] of values.entries()) row[firstOfClusters + cluster * perCluster.length + i] = value
  return row
}
