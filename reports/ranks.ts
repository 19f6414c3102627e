/** Ranks of policies by what they are compared by, as far as they can be told apart. */
import { isMeasured, metricInfo, ranked } from './lookup.ts'
import type { MetricInfo, Results } from './results.ts'

/** What a benchmark compares strategies by, in the order of its tables: those that have a better side. */
const keyFigures = [
  'energy',
  'emissions',
  'emissions.intensity',
  'responseTime.mean',
  'waitTime.mean',
  'boundedSlowdown.mean',
  'latency.p95',
  'deadlineMisses',
  'fragmentation',
  'wastedWork',
  'jobs.completed',
] as const

/** Those of which anything was measured, and in which policies differ at all. */
export const rankedFigures = (results: Results): MetricInfo[] =>
  keyFigures.flatMap(name => {
    const metric = metricInfo(results, name)
    const told = new Set(results.rows.filter(row => row.metric === name && isMeasured(row)).map(row => row.estimate))
    return metric === undefined || told.size < 2 ? [] : [metric]
  })

/**
 * Rank of each policy of which the metric was measured, of one point: 1 + how many are better beyond chance (paired,
 * Holm's correction), so that those that cannot be told from the best one are all first.
 */
export function ranksOf(results: Results, metric: MetricInfo): Map<string, number> {
  const ranks = new Map(ranked(results, metric).map(({ policy }) => [policy, 1]))
  for (const { metric: name, a, b, better } of results.comparisons) {
    if (name !== metric.name || better === null) continue
    const worse = better === a ? b : a
    ranks.set(worse, (ranks.get(worse) ?? 1) + 1)
  }
  return ranks
}
