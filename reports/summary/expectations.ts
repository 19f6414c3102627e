import { compare } from '../../engine/metrics.ts'
import type { Expectation } from '../../runner/scenario/scenario.ts'
import type { ExpectationResult, ResultRow } from '../results.ts'
import type { SummaryInput } from './input.ts'

/** Each expectation against each policy that it is about, in the order of the file. */
export function checkExpectations(input: SummaryInput, rows: readonly ResultRow[]): ExpectationResult[] {
  return input.expectations.flatMap(expectation =>
    input.policies
      .filter(policy => expectation.policy === null || expectation.policy === policy)
      .map(policy => check(input.point, expectation, policy, findRow(rows, policy, expectation))),
  )
}

const findRow = (rows: readonly ResultRow[], policy: string, { of, metric }: Expectation): ResultRow | undefined =>
  rows.find(row => row.policy === policy && row.scope === (of ?? 'fabric') && row.metric === metric)

function check(
  point: number,
  expectation: Expectation,
  subject: string,
  row: ResultRow | undefined,
): ExpectationResult {
  const { estimate = null, low = null, high = null, unit = '' } = row ?? {}
  const result = { ...expectation, point, subject, actual: estimate, low, high, unit, note: '' }
  if (row === undefined || row.method === 'empty') {
    return { ...result, status: 'inconclusive', margin: null, note: 'nothing was measured' }
  }
  if (estimate === null || low === null || high === null) {
    return { ...result, status: 'fail', margin: null, note: 'unbounded: it falls among jobs that never completed' }
  }
  const margin = expectation.op.startsWith('<') ? expectation.value - estimate : estimate - expectation.value
  const status = verdict(expectation, low, high)
  return { ...result, status, margin, note: status === 'inconclusive' ? 'the interval holds the limit' : '' }
}

/** Both ends on the right side: pass; both on the wrong one: fail. */
function verdict({ op, value }: Expectation, low: number, high: number): ExpectationResult['status'] {
  const lowHolds = compare[op](low, value)
  if (lowHolds !== compare[op](high, value)) return 'inconclusive'
  return lowHolds ? 'pass' : 'fail'
}
