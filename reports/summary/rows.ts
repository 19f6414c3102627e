import { metrics } from '../../engine/metrics.ts'
import { mean } from '../../engine/statistics/descriptive.ts'
import { meanInterval } from '../../engine/statistics/intervals.ts'
import type { ResultRow } from '../results.ts'
import type { SummaryInput, Trial, TrialsByPolicy } from './input.ts'

type Estimate = Pick<ResultRow, 'estimate' | 'low' | 'high' | 'n' | 'method'>

/** Every metric of every policy, for the fabric and then for each cluster. */
export function summarizeRows(input: SummaryInput, trials: TrialsByPolicy): ResultRow[] {
  const scopes = [-1, ...input.clusters.keys()]
  return [...trials].flatMap(([policy, runs]) =>
    scopes.flatMap(cluster =>
      metrics
        .filter(metric => cluster < 0 || metric.perCluster)
        .map(metric => ({
          point: input.point,
          policy,
          scope: cluster < 0 ? 'fabric' : input.clusters[cluster],
          metric: metric.name,
          unit: metric.unit,
          ...estimateOf(
            valuesOf(runs, metric.name, cluster),
            input.random,
            metric.share ? 1 : Number.POSITIVE_INFINITY,
          ),
        })),
    ),
  )
}

/** Values of one metric, one a replication. */
const valuesOf = (runs: readonly Trial[], metric: string, cluster: number): number[] =>
  runs.map(({ summary }) => (cluster < 0 ? summary.fabric[metric] : summary.clusters[metric][cluster]))

/**
 * Mean over the replications in which there was something to measure. No metric is negative and a share is at most
 * `most` = 1, so neither is its interval. One unbounded replication makes the mean unbounded.
 */
export function estimateOf(values: readonly number[], random: boolean, most: number): Estimate {
  const measured = values.filter(value => !Number.isNaN(value))
  const n = measured.length
  if (n === 0) return { estimate: null, low: null, high: null, n, method: 'empty' }
  if (!measured.every(Number.isFinite)) return { estimate: null, low: null, high: null, n, method: 'unbounded' }
  if (n === 1 || !random) {
    const estimate = mean(measured)
    return { estimate, low: estimate, high: estimate, n, method: 'none' }
  }
  const { estimate, low, high } = meanInterval(measured)
  return { estimate, low: Math.max(0, low), high: Math.max(estimate, Math.min(most, high)), n, method: 't' }
}
