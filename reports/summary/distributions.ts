import { findMetric } from '../../engine/metrics.ts'
import { mean } from '../../engine/statistics/descriptive.ts'
import type { PolicyDistribution } from '../results.ts'
import { curveProbabilities, type DistributionMetric, distributionMetrics } from '../trial-summary.ts'
import type { SummaryInput, Trial, TrialsByPolicy } from './input.ts'
import { sixDigits } from './six-digits.ts'

/** Quantile curves of each policy: at each probability the mean of the replications' quantiles. */
export function summarizeDistributions({ point }: SummaryInput, trials: TrialsByPolicy): PolicyDistribution[] {
  return [...trials].flatMap(([policy, runs]) =>
    distributionMetrics
      .filter(metric => runs.some(run => !Number.isNaN(run.summary.quantiles[metric][0])))
      .map(metric => ({
        point,
        policy,
        metric,
        unit: findMetric(`${metric}.mean`)?.unit ?? '1',
        p: [...curveProbabilities],
        value: curveProbabilities.map((_, i) => meanQuantile(runs, metric, i)),
      })),
  )
}

/** Over the replications that measured anything; null as soon as one of them is unbounded there. */
function meanQuantile(runs: readonly Trial[], metric: DistributionMetric, i: number): number | null {
  const values = runs.map(run => run.summary.quantiles[metric][i]).filter(value => !Number.isNaN(value))
  const value = mean(values)
  return Number.isFinite(value) ? sixDigits(value) : null
}
