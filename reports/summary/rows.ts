import { metrics } from '../../engine/metrics.ts'
import { intervalOf, type Moments } from '../../engine/statistics/moments.ts'
import type { ResultRow } from '../results.ts'
import type { SummaryInput } from './input.ts'
import { placeOfMetric } from './row.ts'
import type { Tally } from './tally.ts'

type Estimate = Pick<ResultRow, 'estimate' | 'low' | 'high' | 'n' | 'method'>

/** Every metric of every policy, for the fabric and then for each cluster. */
export function summarizeRows({ point, policies, clusters, random }: SummaryInput, tally: Tally): ResultRow[] {
  const scopes = [-1, ...clusters.keys()]
  return policies.flatMap((policy, p) =>
    scopes.flatMap(cluster =>
      metrics
        .filter(metric => cluster < 0 || metric.perCluster)
        .map(metric => ({
          point,
          policy,
          scope: cluster < 0 ? 'fabric' : clusters[cluster],
          metric: metric.name,
          unit: metric.unit,
          ...estimateOf(
            tally.column(p, placeOfMetric(metric.name, cluster)),
            random,
            metric.share ? 1 : Number.POSITIVE_INFINITY,
          ),
        })),
    ),
  )
}

/**
 * Mean over the replications in which there was something to measure. No metric is negative and a share is at most
 * `most` = 1, so neither is its interval. One unbounded replication makes the mean unbounded.
 */
export function estimateOf(measured: Moments, random: boolean, most: number): Estimate {
  const { n, mean } = measured
  if (n === 0) return { estimate: null, low: null, high: null, n, method: 'empty' }
  if (!Number.isFinite(mean)) return { estimate: null, low: null, high: null, n, method: 'unbounded' }
  if (n === 1 || !random) return { estimate: mean, low: mean, high: mean, n, method: 'none' }
  const { estimate, low, high } = intervalOf(measured)
  return { estimate, low: Math.max(0, low), high: Math.max(estimate, Math.min(most, high)), n, method: 't' }
}
