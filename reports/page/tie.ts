import { single } from '../format/quantity.ts'
import { comparison, type MeasuredRow } from '../lookup.ts'
import type { MetricInfo, Results } from '../results.ts'
import { gap, list, type Phrase, plainText, rowsOf, type Stake, strong, words } from './stakes.ts'

/** What there is to say of several policies that share the first place. */
export function tie(results: Results, stake: Stake, metric: MetricInfo, rows: MeasuredRow[], best: string[]): Phrase[] {
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
