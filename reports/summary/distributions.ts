import { findMetric } from '../../engine/metrics.ts'
import { mean } from '../../engine/statistics/descriptive.ts'
import type { PolicyDistribution } from '../results.ts'
import { curveProbabilities, type DistributionMetric, distributionMetrics, type TrialCurves } from '../trial-summary.ts'
import type { SummaryInput } from './input.ts'
import { sixDigits } from './six-digits.ts'
import type { Tally } from './tally.ts'

/** Quantile curves of each policy: at each probability the mean of the replications' quantiles. */
export function summarizeDistributions({ point, policies }: SummaryInput, { curves }: Tally): PolicyDistribution[] {
  return policies.flatMap((policy, p) =>
    distributionMetrics
      .filter(metric => curves[p].some(run => !Number.isNaN(run.quantiles[metric][0])))
      .map(metric => ({
        point,
        policy,
        metric,
        unit: findMetric(`${metric}.mean`)?.unit ?? '1',
        p: [...curveProbabilities],
        value: curveProbabilities.map((_, i) => meanQuantile(curves[p], metric, i)),
      })),
  )
}

/** Over the replications that measured anything; null as soon as one of them is unbounded there. */
function meanQuantile(runs: readonly TrialCurves[], metric: DistributionMetric, i: number): number | null {
  const value = mean(runs.map(run => run.quantiles[metric][i]).filter(value => !Number.isNaN(value)))
  return Number.isFinite(value) ? sixDigits(value) : null
}
