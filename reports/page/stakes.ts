/** What policies are judged by, and the words for it. */
import { inWords, quantity } from '../format/quantity.ts'
import { comparison, differenceScaleOf, type MeasuredRow, metricInfo, ranked, scaleOf } from '../lookup.ts'
import type { MetricInfo, Results } from '../results.ts'

/** A piece of a sentence; names of policies stand out. */
export interface Phrase {
  text: string
  strong: boolean
}

export interface Stake {
  metric: string
  /** `{policy} …`: what a policy with that value does. */
  does: (value: string) => string
  /** By what several policies are compared. */
  topic: string
  /** How much better than another. */
  better: (difference: string) => string
}

/** What is judged first; the first one that anything was measured of, and that differs at all, decides. */
export const stakes: readonly Stake[] = [
  {
    metric: 'deadlineMisses',
    does: value => ` misses ${value} of deadlines`,
    topic: 'deadline misses',
    better: difference => `${difference} fewer than `,
  },
  {
    metric: 'latency.p95',
    does: value => ` has 95\u00a0% of jobs back within ${value}`,
    topic: 'the latency within which 95\u00a0% of jobs are back',
    better: difference => `${difference} sooner than `,
  },
  {
    metric: 'latency.mean',
    does: value => ` has jobs back after ${value} on average`,
    topic: 'mean latency',
    better: difference => `${difference} sooner than `,
  },
  {
    metric: 'energy',
    does: value => ` draws ${value}`,
    topic: 'energy',
    better: difference => `${difference} less than `,
  },
]

export const strong = (text: string): Phrase => ({ text, strong: true })
export const plainText = (text: string): Phrase => ({ text, strong: false })

/** Measured rows of a metric, best first; none where the metric is unknown. */
export const rowsOf = (results: Results, name: string): MeasuredRow[] => {
  const metric = metricInfo(results, name)
  return metric === undefined ? [] : ranked(results, metric)
}

/** `1.1 % (0.8–1.3 %)`. */
export function words(results: Results, row: MeasuredRow): string {
  const metric = metricInfo(results, row.metric) as MetricInfo
  return inWords(row.estimate, row.low, row.high, scaleOf(results, metric))
}

/** How far apart two policies are, with the digits that the interval of their difference supports. */
export function gap(results: Results, metric: MetricInfo, a: MeasuredRow, b: MeasuredRow): string {
  const pair = comparison(results, metric.name, a.policy, b.policy)
  if (pair === undefined) return ''
  const size = Math.abs(pair.difference)
  return quantity(
    size,
    size - (pair.high - pair.low) / 2,
    size + (pair.high - pair.low) / 2,
    differenceScaleOf(metric, size),
  ).value
}

/** `a`, `a and b`, `a, b and c`. */
export const list = (items: string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
