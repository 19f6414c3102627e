/** What bears out the answer of a sweep: the widest lead, and what the levels do to whoever is best most often. */
import { pointName } from '../factors.ts'
import type { MeasuredRow } from '../lookup.ts'
import type { Results } from '../results.ts'
import { type Phrase, plainText, type Stake, strong, words } from './stakes.ts'
import { type Judgement, judge, type Place, silentPoints } from './sweep-places.ts'
import { winner } from './verdict.ts'

/** Nothing to add where there is one policy, or no figure. */
export function sweepDetails(results: Results): Phrase[] {
  const judgement = judge(results)
  if (judgement === undefined || results.policies.length === 1) return []
  const own = placesOf(bestMostOften(results, judgement.places), judgement.places)
  return [
    ...widestLead(results, judgement),
    ...(own.length > 1 ? [plainText(' '), ...extremes(results, judgement.stake, own)] : []),
  ]
}

function bestMostOften(results: Results, places: readonly Place[]): string {
  const count = (label: string) => places.filter(({ best }) => best[0] === label).length
  return results.policies.map(({ label }) => label).reduce((a, b) => (count(b) > count(a) ? b : a))
}

/** Places as that policy alone sees them. */
const placesOf = (policy: string, places: readonly Place[]): Place[] =>
  places
    .map(place => ({ ...place, rows: place.rows.filter(row => row.policy === policy) }))
    .filter(({ rows }) => rows.length > 0)

/** The point at which the first is farthest ahead of the next. */
function widestLead(results: Results, { stake, metric, places }: Judgement): Phrase[] {
  const clear = places.filter(({ best, rows }) => best.length === 1 && rows.length > 1)
  if (clear.length === 0) return []
  const lead = ({ rows }: Place) => Math.abs(rows[0].estimate - rows[1].estimate)
  const place = clear.reduce((a, b) => (lead(b) > lead(a) ? b : a))
  const at = pointName(results, place.point)
  const opening = clear.length === 1 ? `At ${at} ` : `The lead is widest at ${at}: `
  return [plainText(opening), ...winner(place.view, stake, metric, [...place.rows])]
}

/** Of the first policy of each place: its lowest and its highest value. */
export function extremes(results: Results, stake: Stake, places: readonly Place[]): Phrase[] {
  const value = ({ rows: [row] }: { readonly rows: readonly MeasuredRow[] }) => row.estimate
  const low = places.reduce((a, b) => (value(b) < value(a) ? b : a))
  const high = places.reduce((a, b) => (value(b) > value(a) ? b : a))
  const [least, most] = [low, high].map(place => ({
    value: words(place.view, place.rows[0]),
    at: ` at ${pointName(results, place.point)}`,
  }))
  const other = least.value === most.value ? ' and elsewhere' : `, and ${most.value}${most.at}`
  return [
    strong(low.rows[0].policy),
    plainText(`${stake.does(least.value)}${least.at}${other}${silentPoints(results, places)}.`),
  ]
}
