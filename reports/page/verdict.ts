/**
 * The answer in a sentence or two: which policy is best at what was most at stake, by how much, at what price. Policies
 * that the runs cannot tell apart share the first place.
 */
import { inWords, quantity, single } from '../format/quantity.ts'
import {
  bestPolicies,
  comparison,
  differenceScaleOf,
  type MeasuredRow,
  metricInfo,
  ranked,
  scaleOf,
} from '../lookup.ts'
import type { MetricInfo, Results } from '../results.ts'

/** A piece of a sentence; names of policies stand out. */
export interface Phrase {
  text: string
  strong: boolean
}

interface Stake {
  metric: string
  /** `{policy} …`: what a policy with that value does. */
  does: (value: string) => string
  /** By what several policies are compared. */
  topic: string
  /** How much better than another. */
  better: (difference: string) => string
}

/** What is judged first; the first one that anything was measured of, and that differs at all, decides. */
const stakes: readonly Stake[] = [
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

const strong = (text: string): Phrase => ({ text, strong: true })
const plainText = (text: string): Phrase => ({ text, strong: false })

/** Phrases to be set one after another. */
export function verdict(results: Results): Phrase[] {
  const stake =
    stakes.find(candidate => decides(results, candidate)) ??
    stakes.find(({ metric }) => rowsOf(results, metric).length > 0)
  const metric = stake && metricInfo(results, stake.metric)
  if (stake === undefined || metric === undefined)
    return [plainText('No job completed, so there is nothing to compare.')]
  const rows = ranked(results, metric)
  if (results.policies.length === 1) return alone(results, rows[0])
  const best = bestPolicies(results, metric)
  return best.length === 1 ? winner(results, stake, metric, rows) : tie(results, stake, metric, rows, best)
}

const rowsOf = (results: Results, name: string): MeasuredRow[] => {
  const metric = metricInfo(results, name)
  return metric === undefined ? [] : ranked(results, metric)
}

function decides(results: Results, stake: Stake): boolean {
  const rows = rowsOf(results, stake.metric)
  if (results.policies.length === 1) return rows.length === 1
  return rows.length > 0 && rows.some(row => row.estimate !== rows[0].estimate || rows.length < results.policies.length)
}

/** One policy: what it does, by every stake that was measured. */
function alone(results: Results, first: MeasuredRow): Phrase[] {
  const clauses = stakes
    .filter(stake => stake.metric !== 'latency.mean')
    .flatMap(stake => rowsOf(results, stake.metric).map(row => stake.does(words(results, row)).trimStart()))
  return [strong(first.policy), plainText(` ${list(clauses)}.`)]
}

function words(results: Results, row: MeasuredRow): string {
  const metric = metricInfo(results, row.metric) as MetricInfo
  return inWords(row.estimate, row.low, row.high, scaleOf(results, metric))
}

function winner(results: Results, stake: Stake, metric: MetricInfo, rows: MeasuredRow[]): Phrase[] {
  const [best, next] = rows
  const opening = [strong(best.policy), plainText(stake.does(words(results, best)))]
  if (next === undefined)
    return [...opening, plainText('; for every other policy that is unbounded, as too many jobs never ended.')]
  const size = gap(results, metric, best, next)
  return [
    ...opening,
    plainText(`, ${stake.better(size)}`),
    strong(next.policy),
    ...price(results, metric, best, next),
    plainText('.'),
  ]
}

/** How far apart two policies are, with the digits that the interval of their difference supports. */
function gap(results: Results, metric: MetricInfo, a: MeasuredRow, b: MeasuredRow): string {
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

/** What the better one costs in energy. */
function price(results: Results, metric: MetricInfo, best: MeasuredRow, next: MeasuredRow): Phrase[] {
  const pair = comparison(results, 'energy', best.policy, next.policy)
  const base = rowsOf(results, 'energy').find(row => row.policy === next.policy)?.estimate
  if (metric.name === 'energy' || pair === undefined || !base) return []
  if (!pair.significant) return [plainText(', at no measurable difference in energy')]
  const [low, high] = [pair.low, pair.high].map(bound => Math.abs(bound) / base).sort((a, b) => a - b)
  const { value, interval } = quantity(Math.abs(pair.difference) / base, low, high, { symbol: '%', factor: 100 })
  const amount = interval === '' ? value : `${value} (${interval}\u00a0%)`
  return [plainText(pair.difference > 0 ? `, for ${amount} more energy` : `, and with ${amount} less energy`)]
}

function tie(results: Results, stake: Stake, metric: MetricInfo, rows: MeasuredRow[], best: string[]): Phrase[] {
  const tied = rows.filter(row => best.includes(row.policy))
  const values = tied.map(row => words(results, row))
  const names = tied.flatMap((row, i) => [
    plainText(i === 0 ? '' : i === tied.length - 1 ? ' and ' : ', '),
    strong(row.policy),
  ])
  const [first] = tied
  if (tied.every(row => same(results, metric, first, row)))
    return [
      ...names,
      plainText(` do not differ in ${stake.topic}: ${values[0]}.`),
      ...follower(results, metric, rows, best),
      ...thriftiest(results, metric, best),
    ]
  const tested = results.comparisons.some(pair => pair.metric === metric.name && (pair.n > 1 || pair.p < 1))
  const how = tested ? '' : ' with one replication'
  const opening = [...names, plainText(` cannot be told apart by ${stake.topic}${how}: ${list(values)}.`)]
  return [...opening, ...follower(results, metric, rows, best), ...thriftiest(results, metric, best)]
}

/** Alike in every replication. */
const same = (results: Results, metric: MetricInfo, a: MeasuredRow, b: MeasuredRow): boolean =>
  a === b || comparison(results, metric.name, a.policy, b.policy)?.difference === 0

/** The next one behind those that share the first place. */
function follower(results: Results, metric: MetricInfo, rows: MeasuredRow[], best: string[]): Phrase[] {
  const next = rows.find(row => !best.includes(row.policy))
  if (next === undefined) return []
  const size = gap(results, metric, next, rows[0])
  return [
    plainText(' '),
    strong(next.policy),
    plainText(` follows, ${size} behind `),
    strong(rows[0].policy),
    plainText('.'),
  ]
}

/** Among equals, the one that draws least. */
function thriftiest(results: Results, metric: MetricInfo, best: string[]): Phrase[] {
  const [least, next] = rowsOf(results, 'energy').filter(row => best.includes(row.policy))
  if (metric.name === 'energy' || next === undefined) return []
  if (!comparison(results, 'energy', least.policy, next.policy)?.significant) return []
  const saved = single(1 - least.estimate / next.estimate, { symbol: '%', factor: 100 })
  const whom = best.length === 2 ? 'Of the two' : 'Of these'
  return [
    plainText(` ${whom} `),
    strong(least.policy),
    plainText(` draws ${saved} less energy than `),
    strong(next.policy),
    plainText('.'),
  ]
}

/** `a`, `a and b`, `a, b and c`. */
const list = (items: string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
