/** What verification is about, in words: shared by the page, the terminal and JUnit. */
import type { PolicyVerification, VerificationRow } from '../../runner/verify/verification.ts'
import { inWords } from '../format/quantity.ts'
import { scaleFor } from '../format/scale.ts'

const quantities: Readonly<Record<string, string>> = {
  outcome: 'Jobs that ended as predicted',
  placement: 'Placement',
  latency: 'Latency',
  found: 'Latency without what was given',
  queueing: 'Queueing',
  recovery: 'Lost to failures and faults',
  network: 'Ways between clusters',
  startUp: 'Start-up',
  runTime: 'Run time',
  detection: 'Detection of failures',
  restart: 'Restart of lost work',
  cpu: 'Core-seconds used',
  energy: 'Energy',
  emissions: 'Emissions',
  applicationLatency: 'Latency of the application',
  applicationRequests: 'Requests of the application',
  applicationErrors: 'Errors of the application',
}

const statistics: Readonly<Record<string, string>> = { mean: 'mean', p95: 'p95', total: 'total', share: '' }

/** `Latency, p95`; `Energy, mean of a job`. */
export function rowName({ quantity, statistic }: Pick<VerificationRow, 'quantity' | 'statistic'>): string {
  const name = quantities[quantity] ?? quantity
  if ((quantity === 'energy' || quantity === 'emissions') && statistic === 'mean') return `${name}, mean of a job`
  const how = statistics[statistic] ?? statistic
  return how === '' ? name : `${name}, ${how}`
}

export const partName = (part: string): string => (quantities[part] ?? part).toLowerCase()

/** A value of the row; a dash where there is none. */
export function valueInWords(row: VerificationRow, value: number | null): string {
  const scale = scaleFor(row.unit, row.statistic === 'share', row.observed ?? value ?? 0)
  return value === null ? '\u2013' : inWords(value, value, value, scale)
}

/** `+3.2 % (1.1 to 5.3 %)` of the scale: positive where the prediction was too high. */
export function errorInWords({ error, low, high, scale }: VerificationRow): string {
  if (error === null || scale === null || scale === 0) return '\u2013'
  const [e, l, h] = [error, low ?? error, high ?? error].map(value => value / scale)
  const text = inWords(e, l, h, { symbol: '%', factor: 100 })
  return e > 0 ? `+${text}` : text
}

export function share(value: number | null): string {
  if (value === null) return '\u2013'
  // Below a hundredth of a per cent it is rounding.
  const shown = Math.abs(value) < 1e-4 ? 0 : Number(value.toPrecision(3))
  return inWords(shown, shown, shown, { symbol: '%', factor: 100 })
}

export const statusMarks = { pass: '\u2713', fail: '\u2717', inconclusive: '?', given: '\u25cb', shown: '' } as const
export const statusWords = {
  pass: 'within tolerance',
  fail: 'off',
  inconclusive: 'inconclusive',
  given: 'given',
  shown: 'not judged',
} as const

/** Which part of the latency its error comes from: a sentence; empty where there is none to speak of. */
export function blameInWords({ rows, blame }: PolicyVerification): string {
  const row = rows.find(one => one.scope === 'fabric' && one.quantity === 'latency' && one.statistic === 'mean')
  const [first] = blame
  if (row?.error == null || !row.observed || first === undefined) return ''
  if (Math.abs(row.error) / row.observed < 0.01) return 'Mean latency is predicted to within 1 %.'
  const how = row.error > 0 ? 'too high' : 'too low'
  const amount = inWords(Math.abs(row.error), Math.abs(row.error), Math.abs(row.error), scaleFor('s', false, row.error))
  const most = inWords(first.errorS, first.errorS, first.errorS, scaleFor('s', false, first.errorS))
  return `Mean latency is predicted ${amount} ${how}; most of it is ${partName(first.part)} (${first.errorS > 0 ? '+' : ''}${most}).`
}

/** The rows that decide, in the order of the table. */
export const judgedRows = ({ rows }: PolicyVerification): VerificationRow[] =>
  rows.filter(({ status }) => status !== 'shown' && status !== 'given')
