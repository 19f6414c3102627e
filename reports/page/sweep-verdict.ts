/** The answer of a sweep: which policy is best where, how far ahead where it is most, and which one is safest. */
import { type NamedFactor, namedFactors, pointName } from '../factors.ts'
import { bestPolicies, type MeasuredRow, metricInfo, pointViews, ranked } from '../lookup.ts'
import type { MetricInfo, Point, Results } from '../results.ts'
import { region } from './region.ts'
import { decides, list, type Phrase, plainText, rowsOf, type Stake, stakes, strong, words } from './stakes.ts'
import { winner } from './verdict.ts'

/** One point, by the metric that decides. */
interface Place {
  readonly view: Results
  readonly point: Point
  readonly rows: MeasuredRow[]
  /** The first, and whoever cannot be told from it. */
  readonly best: readonly string[]
}

/** By what the points are judged: the first stake that decides anywhere. */
function decidingStake(results: Results): Stake | undefined {
  const views = pointViews(results)
  return (
    stakes.find(candidate => views.some(view => decides(view, candidate))) ??
    stakes.find(({ metric }) => views.some(view => rowsOf(view, metric).length > 0))
  )
}

export function decidingMetric(results: Results): MetricInfo | undefined {
  const stake = decidingStake(results)
  return stake && metricInfo(results, stake.metric)
}

export function sweepVerdict(results: Results): Phrase[] {
  const views = pointViews(results)
  const stake = decidingStake(results)
  const metric = decidingMetric(results)
  if (stake === undefined || metric === undefined)
    return [plainText('No job completed at any point, so there is nothing to compare.')]
  const places = views
    .map(view => ({ view, point: view.points[0], rows: ranked(view, metric), best: bestPolicies(view, metric) }))
    .filter(place => place.rows.length > 0)
  if (results.policies.length === 1) return extremes(results, stake, places)
  return [...whoIsBest(results, stake, places), ...widest(results, stake, metric, places), ...safest(results, places)]
}

/** `resilient misses the fewest deadlines at 41 of 60 points (rate from 4/s on), fcfs at 7; at 12 …`. */
function whoIsBest(results: Results, stake: Stake, places: readonly Place[]): Phrase[] {
  const factors = namedFactors(results)
  const winners = results.policies
    .map(({ label }) => ({ label, won: places.filter(({ best }) => best.length === 1 && best[0] === label) }))
    .filter(({ won }) => won.length > 0)
    .sort((a, b) => b.won.length - a.won.length)
  const shared = places.filter(({ best }) => best.length > 1)
  if (winners.length === 0)
    return [plainText(`At none of ${places.length} points can the best by ${stake.topic} be told from the next.`)]
  const clauses = winners.flatMap(({ label, won }, i) => [
    plainText(i === 0 ? '' : i === winners.length - 1 && shared.length === 0 ? ' and ' : ', '),
    strong(label),
    plainText(`${i === 0 ? stake.most : ''} at ${where(results, factors, won, i === 0)}`),
  ])
  const rest = shared.length > 0 ? `; at ${shared.length === 1 ? 'one' : shared.length} the first place is shared` : ''
  return [...clauses, plainText(`${rest}${unknown(results, places)}.`)]
}

/** Points that say nothing. */
function unknown(results: Results, places: readonly Place[]): string {
  const count = results.points.length - places.length
  return count === 0 ? '' : `; at ${count === 1 ? 'one' : count} nothing could be measured, or it is unbounded`
}

function where(results: Results, factors: readonly NamedFactor[], won: readonly Place[], first: boolean): string {
  const total = results.points.length
  if (won.length === total) return `all ${total} points`
  const box = region(
    factors,
    results.points,
    won.map(({ point }) => point),
  )
  const count = first ? `${won.length} of ${total} points` : String(won.length)
  return box === null ? count : `${count} (${box})`
}

/** The point at which the first is farthest ahead of the next. */
function widest(results: Results, stake: Stake, metric: MetricInfo, places: readonly Place[]): Phrase[] {
  const clear = places.filter(({ best, rows }) => best.length === 1 && rows.length > 1)
  if (clear.length === 0) return []
  const ahead = ({ rows }: Place) => Math.abs(rows[0].estimate - rows[1].estimate)
  const place = clear.reduce((a, b) => (ahead(b) > ahead(a) ? b : a))
  const opening = ` The lead is widest at ${pointName(results, place.point)}: `
  return [plainText(opening), ...winner(place.view, stake, metric, place.rows)]
}

/** Whoever is among the best most often, where that is more than winning. */
function safest(results: Results, places: readonly Place[]): Phrase[] {
  const counts = results.policies.map(({ label }) => ({
    label,
    among: places.filter(({ best }) => best.includes(label)).length,
    alone: places.filter(({ best }) => best.length === 1 && best[0] === label).length,
  }))
  const most = Math.max(...counts.map(({ among }) => among))
  const leaders = counts.filter(({ among }) => among === most)
  if (leaders.length > 1 || leaders[0].alone === most) return []
  const amount = most === places.length ? 'every point' : `${most} of ${places.length} points`
  return [plainText(' '), strong(leaders[0].label), plainText(` is the best, or not to be told from it, at ${amount}.`)]
}

/** One policy: its lowest and its highest value. */
function extremes(results: Results, stake: Stake, places: readonly Place[]): Phrase[] {
  const value = ({ rows }: Place) => rows[0].estimate
  const low = places.reduce((a, b) => (value(b) < value(a) ? b : a))
  const high = places.reduce((a, b) => (value(b) > value(a) ? b : a))
  const clauses = [low, high].map(
    place => `${stake.does(words(place.view, place.rows[0])).trimStart()} at ${pointName(results, place.point)}`,
  )
  return [strong(low.rows[0].policy), plainText(` ${list([...new Set(clauses)])}${unknown(results, places)}.`)]
}
