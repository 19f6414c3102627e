/** The closed form beside the simulation. */
import { inWords, single } from '../format/quantity.ts'
import { scaleFor } from '../format/scale.ts'
import { findRow, isMeasured } from '../lookup.ts'
import type { Heuristic, Results } from '../results.ts'

/** Less than a microsecond is rounding, or a wait of nobody. */
function inTime(seconds: number | null): string {
  if (seconds === null) return 'unbounded'
  return seconds < 1e-6 ? '0\u00a0s' : single(seconds, scaleFor('s', false, seconds))
}

/** Mean latency of all jobs by the closed form, and as simulated for each policy, in words. */
export function meanLatencies(results: Results, { latencyS }: Heuristic) {
  const simulated = results.policies.map(({ label }) => {
    const row = findRow(results, label, 'latency.mean')
    const text = isMeasured(row)
      ? inWords(row.estimate, row.low, row.high, scaleFor('s', false, row.estimate))
      : (row?.method ?? 'not measured')
    return { label, text }
  })
  return { total: inTime(latencyS), simulated }
}

/** Rows: each workload by the closed form, all jobs, then each policy as simulated. */
export function heuristicTable(results: Results) {
  const { heuristic } = results
  if (heuristic === undefined) return null
  const { total, simulated } = meanLatencies(results, heuristic)
  return {
    intro:
      'A sanity check: where the closed form, which knows no policy and no failures, and the simulation are far apart, look for the reason.',
    rows: [
      ...heuristic.workloads.map(row => ({
        label: `${row.workload}, closed form`,
        cells: [
          ...[row.latencyS, row.waitS, row.waysS, row.startupS, row.workS].map(inTime),
          single(row.utilisation, scaleFor('', true, row.utilisation)),
        ],
      })),
      { label: 'all jobs, closed form', cells: [total, '', '', '', '', ''] },
      ...simulated.map(({ label, text }) => ({ label: `all jobs, ${label}`, cells: [text, '', '', '', '', ''] })),
    ],
  }
}
