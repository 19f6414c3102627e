/** The answer of a sweep: which policy is best where, and which one is safest. */
import { namedFactors, pointName } from '../factors.ts'
import type { Results } from '../results.ts'
import { region } from './region.ts'
import { type Phrase, plainText, strong } from './stakes.ts'
import { extremes } from './sweep-details.ts'
import { type Judgement, judge, type Place, silentPoints } from './sweep-places.ts'

export function sweepVerdict(results: Results): Phrase[] {
  const judgement = judge(results)
  if (judgement === undefined) return [plainText('No job completed at any point, so there is nothing to compare.')]
  if (results.policies.length === 1) return extremes(results, judgement.stake, judgement.places)
  return [...whoIsBest(results, judgement), ...safest(results, judgement.places)]
}

/** `resilient misses the fewest deadlines at 41 of 60 points (rate from 4/s on), fcfs at 7; at 12 …`. */
function whoIsBest(results: Results, { stake, places }: Judgement): Phrase[] {
  const winners = results.policies
    .map(({ label }) => ({ label, won: places.filter(({ best }) => best.length === 1 && best[0] === label) }))
    .filter(({ won }) => won.length > 0)
    .sort((a, b) => b.won.length - a.won.length)
  const shared = places.filter(({ best }) => best.length > 1).length
  if (winners.length === 0)
    return [plainText(`At none of ${places.length} points can the best by ${stake.topic} be told from the next.`)]
  const clauses = winners.flatMap(({ label, won }, i) => [
    plainText(i === 0 ? '' : i === winners.length - 1 && shared === 0 ? ' and ' : ', '),
    strong(label),
    plainText(`${i === 0 ? stake.most : ''} at ${where(results, won, i === 0)}`),
  ])
  const rest = shared > 0 ? `; at ${shared === 1 ? 'one' : shared} the first place is shared` : ''
  return [...clauses, plainText(`${rest}${silentPoints(results, places)}.`)]
}

function where(results: Results, won: readonly Place[], first: boolean): string {
  const total = results.points.length
  if (won.length === total) return `all ${total} points`
  const points = won.map(({ point }) => point)
  const box = won.length === 1 ? pointName(results, points[0]) : region(namedFactors(results), results.points, points)
  const count = first ? `${won.length} of ${total} points` : String(won.length)
  return box === null ? count : `${count} (${box})`
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
