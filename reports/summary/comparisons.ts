import { type Metric, metrics } from '../../engine/metrics.ts'
import { holm } from '../../engine/statistics/holm.ts'
import type { Moments } from '../../engine/statistics/moments.ts'
import { comparisonOf } from '../../engine/statistics/paired.ts'
import type { Comparison } from '../results.ts'
import type { SummaryInput } from './input.ts'
import type { Tally } from './tally.ts'

/** Chance of any false "better" among the pairs of one metric at one point. */
const familyAlpha = 0.05
/** All pairs of policies, in their order, on every metric that has a better side. */
export function comparePolicies(input: SummaryInput, tally: Tally): Comparison[] {
  const indices = [...input.policies.keys()]
  const pairs = indices.flatMap(a => indices.slice(a + 1).map(b => [a, b] as const))
  return metrics.flatMap((metric, index) => {
    if (metric.direction === 'none') return []
    const compared = pairs.flatMap(([a, b]) => compare(metric, a, b, tally.difference(a, b, index), input) ?? [])
    const corrected = holm(compared.map(row => row.p))
    return compared.map((row, i) => judge(metric, { ...row, pHolm: corrected[i] }))
  })
}

/** a − b where both measured something; undefined where nothing finite is left to subtract. */
function compare(
  metric: Metric,
  a: number,
  b: number,
  differences: Moments,
  { point, policies, random }: SummaryInput,
): Comparison | undefined {
  const { n, mean: difference } = differences
  if (n === 0 || !Number.isFinite(difference)) return undefined
  const names = { a: policies[a], b: policies[b] }
  const row = { point, metric: metric.name, unit: metric.unit, ...names, pHolm: 1, n, significant: false, better: null }
  // Without randomness the difference is what it is; with one replication nobody can tell.
  if (n < 2 || !random)
    return { ...row, difference, low: difference, high: difference, p: random || difference === 0 ? 1 : 0 }
  const { estimate, low, high, p } = comparisonOf(differences)
  return { ...row, difference: estimate, low, high, p }
}

function judge(metric: Metric, row: Comparison): Comparison {
  const significant = row.pHolm < familyAlpha && row.difference !== 0
  const lower = row.difference < 0 ? row.a : row.b
  const higher = row.difference < 0 ? row.b : row.a
  return { ...row, significant, better: significant ? (metric.direction === 'lower' ? lower : higher) : null }
}
