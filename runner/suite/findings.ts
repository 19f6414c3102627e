/** Findings that several experiments make. */
import { inWords, scaleFor } from '../../reports/format.ts'
import { differenceScaleOf, metricInfo } from '../../reports/lookup.ts'
import type { Comparison, ResultRow, Results } from '../../reports/results.ts'
import { errorInWords, judgedRows, rowName, share } from '../../reports/verification/words.ts'
import type { Executed, Finding } from './experiment.ts'

/** a − b of a metric at a point, which must lie below zero with all of its interval. */
export function lowerFinding(results: Results, row: Comparison, criterion: string): Finding {
  const { difference, low, high } = row
  const info = metricInfo(results, row.metric)
  const scale = info === undefined ? scaleFor(row.unit, false, difference) : differenceScaleOf(info, difference)
  const measured = `${row.a} − ${row.b}: ${inWords(difference, low, high, scale)}`
  return { criterion, measured, status: high < 0 ? 'pass' : low > 0 ? 'fail' : 'inconclusive' }
}

/** Rows of a verification that decide, of these quantities (all: where none are named), policy by policy. */
export const verifiedFindings = ({ name, verification }: Executed, quantities: readonly string[] = []): Finding[] =>
  verification.policies.flatMap(policy =>
    judgedRows(policy)
      .filter(row => row.scope === 'fabric' && (quantities.length === 0 || quantities.includes(row.quantity)))
      .map(row => ({
        criterion: `${name === '' ? '' : `${name}, `}${policy.policy}: ${rowName(row).toLowerCase()} within ±${share(row.tolerance)}`,
        measured: `error ${errorInWords(row)}${row.note === '' ? '' : `; ${row.note}`}`,
        status: row.status === 'pass' || row.status === 'fail' ? row.status : 'inconclusive',
      })),
  )

/** A metric's row at the point with these levels (paths end so). Throws where there is none: then the scenario has changed. */
export function rowAt(
  results: Results,
  levels: Readonly<Record<string, string>>,
  metric: string,
  scope = 'fabric',
): ResultRow {
  const point = results.points.find(candidate =>
    Object.entries(levels).every(([end, level]) =>
      Object.entries(candidate.levels).some(([path, value]) => path.endsWith(end) && value === level),
    ),
  )
  const row = results.rows.find(one => one.point === point?.index && one.metric === metric && one.scope === scope)
  if (row === undefined) throw new Error(`${results.scenario.name} has no ${metric} at ${JSON.stringify(levels)}`)
  return row
}
