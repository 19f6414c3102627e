import { type Metric, metrics } from '../../engine/metrics.ts'
import { mean } from '../../engine/statistics/descriptive.ts'
import { holm } from '../../engine/statistics/holm.ts'
import { pairedComparison } from '../../engine/statistics/paired.ts'
import type { Comparison } from '../results.ts'
import type { SummaryInput, Trial, TrialsByPolicy } from './input.ts'

/** Chance of any false "better" among the pairs of one metric at one point. */
const familyAlpha = 0.05
/** Relative difference below which two sums of floating-point numbers are the same. */
const roundingNoise = 1e-9

/** All pairs of policies, in their order, on every metric that has a better side. */
export function comparePolicies(input: SummaryInput, trials: TrialsByPolicy): Comparison[] {
  const pairs = input.policies.flatMap((a, i) => input.policies.slice(i + 1).map(b => [a, b] as const))
  return metrics
    .filter(metric => metric.direction !== 'none')
    .flatMap(metric => {
      const compared = pairs.flatMap(([a, b]) => compare(metric, a, b, trials, input) ?? [])
      const corrected = holm(compared.map(row => row.p))
      return compared.map((row, i) => judge(metric, { ...row, pHolm: corrected[i] }))
    })
}

/** a − b where both measured something; undefined where nothing finite is left to subtract. */
function compare(
  metric: Metric,
  a: string,
  b: string,
  trials: TrialsByPolicy,
  { point, random }: SummaryInput,
): Comparison | undefined {
  const [left, right] = paired(metric.name, trials.get(a) ?? [], trials.get(b) ?? [])
  const n = left.length
  if (n === 0 || ![...left, ...right].every(Number.isFinite)) return undefined
  const row = { point, metric: metric.name, unit: metric.unit, a, b, pHolm: 1, n, significant: false, better: null }
  const difference = mean(left) - mean(right)
  // Without randomness the difference is what it is; with one replication nobody can tell.
  if (n < 2 || !random)
    return { ...row, difference, low: difference, high: difference, p: random || difference === 0 ? 1 : 0 }
  const { estimate, low, high, p } = pairedComparison(left, right)
  return { ...row, difference: estimate, low, high, p }
}

/** Values of the replications that both policies have, with rounding noise between the two taken out. */
function paired(metric: string, a: readonly Trial[], b: readonly Trial[]): [number[], number[]] {
  const others = new Map(b.map(trial => [trial.replication, trial.summary.fabric[metric]]))
  const left: number[] = []
  const right: number[] = []
  for (const { replication, summary } of a) {
    const value = summary.fabric[metric]
    const other = others.get(replication) ?? Number.NaN
    if (Number.isNaN(value) || Number.isNaN(other)) continue
    left.push(value)
    right.push(Math.abs(value - other) <= roundingNoise * Math.abs(value) ? value : other)
  }
  return [left, right]
}

function judge(metric: Metric, row: Comparison): Comparison {
  const significant = row.pHolm < familyAlpha && row.difference !== 0
  const lower = row.difference < 0 ? row.a : row.b
  const higher = row.difference < 0 ? row.b : row.a
  return { ...row, significant, better: significant ? (metric.direction === 'lower' ? lower : higher) : null }
}
