/** When a compared quantity passes, fails, or says nothing. */
import type { RowStatus } from './verification.ts'

/** Fewer jobs than this say nothing, whatever they agree on. */
const fewestJobs = 10

export interface Evidence {
  /** The error with its interval, and what it is measured against, all in one unit. */
  error: number
  low: number
  high: number
  scale: number
  tolerance: number
  /** Jobs that it rests on; null: it is no mean over jobs. */
  jobs: number | null
  /** How far off the measurement itself may be, in the same unit. */
  uncertainty: number
  unit: string
  /** It was given, by these words (none where nothing more is to be said); null: it was not. */
  given: string | null
  /** Why the measurement cannot be trusted. */
  untrusted: string | null
}

/**
 * Passes if the whole interval of the error lies within the tolerance, fails if all of it lies outside, else it is
 * inconclusive; so it is where the measurement is missing, too coarse for the tolerance or rests on too few jobs.
 */
export function judge(evidence: Evidence): { status: RowStatus; note: string } {
  const { error, low, high, scale, tolerance, jobs, uncertainty, given, untrusted, unit } = evidence
  const bound = tolerance * scale
  const unsure = (note: string) => ({ status: 'inconclusive' as const, note })
  if (given !== null) return { status: 'given', note: given }
  if (untrusted !== null) return unsure(untrusted)
  if (Number.isNaN(error) || !(scale > 0)) return unsure('nothing of it was observed')
  if (jobs !== null && jobs < fewestJobs) return unsure(`it rests on ${jobs} jobs`)
  if (uncertainty > bound)
    return unsure(`times are known to ${short(uncertainty)} ${unit}, tolerated are ${short(bound)} ${unit}`)
  if (low >= -bound && high <= bound) return { status: 'pass', note: '' }
  if (low > bound || high < -bound) return { status: 'fail', note: '' }
  return unsure(`the interval of its error reaches ${Math.abs(error) <= bound ? 'beyond' : 'into'} the tolerance`)
}

const short = (value: number): string => String(Number(value.toPrecision(2)))

/** Of rows that count: one failure fails, one doubt leaves it open, and at least one must pass. */
export function verdictOf(statuses: readonly RowStatus[]): 'pass' | 'fail' | 'inconclusive' {
  if (statuses.includes('fail')) return 'fail'
  return statuses.includes('inconclusive') || !statuses.includes('pass') ? 'inconclusive' : 'pass'
}
