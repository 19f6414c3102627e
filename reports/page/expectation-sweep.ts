import { pointName } from '../factors.ts'
import type { ExpectationResult, Results } from '../results.ts'
import { type ExpectationRow, expectationRow } from './expectation-list.ts'

/** One expectation of one policy over all points. */
export interface ExpectationCount {
  text: string
  subject: string
  pass: number
  fail: number
  inconclusive: number
  /** Where the margin is least. */
  worst: string
  margin: string
  /** Raw, for sorting. */
  sort: string
}

/** Each expectation × policy of a sweep: at how many points it holds, and where it is farthest from holding. */
export function expectationCounts(results: Results): ExpectationCount[] {
  const groups = new Map<string, ExpectationResult[]>()
  for (const row of results.expectations) {
    const key = JSON.stringify([row.text, row.policy, row.subject])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()].map(rows => countOf(results, rows))
}

function countOf(results: Results, rows: readonly ExpectationResult[]): ExpectationCount {
  const count = (status: ExpectationResult['status']) => rows.filter(row => row.status === status).length
  const worst = rows.reduce((a, b) => (marginOf(b) < marginOf(a) ? b : a))
  const point = results.points.find(({ index }) => index === worst.point)
  const { margin } = expectationRow(results, worst)
  return {
    text: worst.text,
    subject: worst.subject,
    pass: count('pass'),
    fail: count('fail'),
    inconclusive: count('inconclusive'),
    worst: point === undefined ? '' : pointName(results, point),
    margin: worst.actual === null ? worst.note.split(':')[0] : margin,
    sort: worst.margin === null ? '' : String(worst.margin),
  }
}

/** Unbounded is worst, what was not measured says nothing. */
const marginOf = ({ margin, status }: ExpectationResult): number =>
  margin ?? (status === 'fail' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY)

/** Every expectation × policy × point. */
export const expectationPoints = (results: Results): (ExpectationRow & { point: string })[] =>
  results.expectations.map(row => {
    const point = results.points.find(({ index }) => index === row.point)
    return { ...expectationRow(results, row), point: point === undefined ? '' : pointName(results, point) }
  })
