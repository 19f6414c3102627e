import type { PolicyVerification, VerificationRow } from '../../../runner/verify/verification.ts'
import { formatNumber } from '../../format/number.ts'
import type { Results } from '../../results.ts'
import { errorInWords } from '../../verification/words.ts'
import { type Figure, round } from '../figure.ts'
import { forestSpec } from '../forest-spec.ts'

/** In the order of the colours in forest-spec.ts. */
const verdicts = ['within tolerance', 'off', 'cannot be told'] as const

/** Error of mean latency by the cluster that jobs ran on, in per cent of what was observed, with intervals. */
export const errorByCluster = (results: Results): Figure[] =>
  (results.verification?.policies ?? []).flatMap((policy, p) => {
    const rows = latencies(policy)
    return rows.length < 2 ? [] : [figure(policy.policy, rows, results.verification?.tolerance.latency ?? 0, p)]
  })

/** The whole fabric, then every cluster whose error has an interval. */
const latencies = ({ rows }: PolicyVerification): VerificationRow[] =>
  rows.filter(
    row =>
      row.quantity === 'latency' && row.statistic === 'mean' && row.error !== null && row.low !== null && row.observed,
  )

const part = (row: VerificationRow, value: number | null): number => round((100 * (value ?? 0)) / (row.observed ?? 1))

function verdictOf(row: VerificationRow, tolerance: number): 0 | 1 | 2 {
  const [low, high] = [part(row, row.low), part(row, row.high)]
  if (low >= -100 * tolerance && high <= 100 * tolerance) return 0
  return low > 100 * tolerance || high < -100 * tolerance ? 1 : 2
}

function figure(policy: string, rows: readonly VerificationRow[], tolerance: number, p: number): Figure {
  const height = 74 + 26 * rows.length
  const nameOf = ({ scope }: VerificationRow) => (scope === 'fabric' ? 'all clusters' : scope)
  return {
    id: `verification-clusters-${p + 1}`,
    title: `Error of latency by cluster: ${policy}`,
    description: `Predicted minus observed mean latency, in per cent of the observed one, with 95\u00a0% interval. Blue: within the tolerance of ${formatNumber(100 * tolerance, 0)}\u00a0%; orange: beyond it; grey: it cannot be told.`,
    height,
    seriesHeader: 'cluster',
    series: rows.map(row => ({
      name: nameOf(row),
      values: {
        difference: [part(row, row.error)],
        low: [part(row, row.low)],
        high: [part(row, row.high)],
        verdict: [verdictOf(row, tolerance)],
      },
    })),
    columns: ['difference', 'low', 'high'].map(field => ({ field, header: `${field}_percent` })),
    hover: { kind: 'mark', x: '', xUnit: '', y: 'difference', yUnit: '%', interval: true },
    table: {
      caption: 'Error of mean latency',
      head: ['cluster', 'jobs', 'error', 'so'],
      rows: rows.map(row => [
        nameOf(row),
        String(row.n),
        errorInWords({ ...row, scale: row.observed }),
        verdicts[verdictOf(row, tolerance)],
      ]),
    },
    spec: forestSpec(rows.map(nameOf), '%', height),
  }
}
