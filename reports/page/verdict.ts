/**
 * The answer in a sentence or two: which policy is best at what was most at stake, by how much, at what price. Policies
 * that the runs cannot tell apart share the first place.
 */
import { quantity } from '../format/quantity.ts'
import { bestPolicies, comparison, findRow, type MeasuredRow, metricInfo, ranked } from '../lookup.ts'
import type { MetricInfo, Results } from '../results.ts'
import { gap, list, type Phrase, plainText, rowsOf, type Stake, stakes, strong, words } from './stakes.ts'
import { tie } from './tie.ts'

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

function winner(results: Results, stake: Stake, metric: MetricInfo, rows: MeasuredRow[]): Phrase[] {
  const [best, next] = rows
  const opening = [strong(best.policy), plainText(stake.does(words(results, best)))]
  if (next === undefined) return [...opening, plainText(`; ${whyAlone(results, metric, best)}.`)]
  const size = gap(results, metric, best, next)
  return [
    ...opening,
    plainText(`, ${stake.better(size)}`),
    strong(next.policy),
    ...price(results, metric, best, next),
    plainText('.'),
  ]
}

/** Why no other policy has a figure to compare with. */
function whyAlone(results: Results, metric: MetricInfo, best: MeasuredRow): string {
  const methods = results.policies.map(({ label }) => findRow(results, label, metric.name)?.method)
  const unbounded = methods.filter(method => method === 'unbounded').length === results.policies.length - 1
  return unbounded
    ? 'for every other policy that is unbounded, as too many jobs never ended'
    : `only ${best.policy} has a figure`
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
