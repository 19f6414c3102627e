import { inWords, quantity } from '../format/quantity.ts'
import { differenceScale, type Scale, scaleFor } from '../format/scale.ts'
import { metricInfo } from '../lookup.ts'
import type { ExpectationResult, Results } from '../results.ts'

export interface ExpectationRow {
  text: string
  subject: string
  status: ExpectationResult['status']
  mark: string
  /** `pass`, `fail`, `inconclusive`; a failure that only warns says so. */
  word: string
  actual: string
  margin: string
  note: string
}

const mostShown = 16

const marks = { pass: '\u2713', fail: '\u2717', inconclusive: '?' } as const
const words = { pass: 'holds', fail: 'fails', inconclusive: 'inconclusive' } as const

/** All rows where they are few; of many, those that hold are folded away. */
export function expectationRows(results: Results): { shown: ExpectationRow[]; folded: ExpectationRow[] } {
  const rows = results.expectations.map(row => expectationRow(results, row))
  if (rows.length <= mostShown) return { shown: rows, folded: [] }
  return { shown: rows.filter(row => row.status !== 'pass'), folded: rows.filter(row => row.status === 'pass') }
}

function expectationRow(results: Results, row: ExpectationResult): ExpectationRow {
  const share = metricInfo(results, row.metric)?.share ?? false
  const scale = scaleFor(row.unit, share, row.actual ?? row.value)
  return {
    text: row.text,
    subject: row.subject,
    status: row.status,
    mark: marks[row.status],
    word: row.status === 'fail' && row.severity === 'warn' ? 'fails (warning)' : words[row.status],
    actual: row.actual === null ? '\u2013' : inWords(row.actual, row.low ?? row.actual, row.high ?? row.actual, scale),
    margin: margin(row, differenceScale(row.unit, share, row.actual ?? row.value), scale),
    note: row.note,
  }
}

/** With the digits of the interval; a plus for the right side. */
function margin(row: ExpectationResult, scale: Scale, actual: Scale): string {
  if (row.margin === null) return '\u2013'
  const halfWidth = ((row.high ?? 0) - (row.low ?? 0)) / 2
  const { value } = quantity(row.margin, row.margin - halfWidth, row.margin + halfWidth, {
    ...actual,
    symbol: scale.symbol,
  })
  return row.margin > 0 ? `+${value}` : value
}

/** `7 of 10 expectations hold, 2 fail, 1 is inconclusive`; empty without any. */
export function expectationSummary({ expectations }: Results): string {
  const count = (status: ExpectationResult['status']) => expectations.filter(row => row.status === status).length
  const [pass, fail, open] = [count('pass'), count('fail'), count('inconclusive')]
  if (expectations.length === 0) return ''
  if (pass === expectations.length) return pass === 1 ? 'The expectation holds' : `All ${pass} expectations hold`
  const parts = [
    `${pass} of ${expectations.length} expectations ${pass === 1 ? 'holds' : 'hold'}`,
    ...(fail > 0 ? [`${fail} ${fail === 1 ? 'fails' : 'fail'}`] : []),
    ...(open > 0 ? [`${open} ${open === 1 ? 'is' : 'are'} inconclusive`] : []),
  ]
  return parts.join(', ')
}
