/** Whether a declared warm-up is long enough, of runs that are meant to be steady after it. */
import { mean } from '../../engine/statistics/descriptive.ts'
import { pairedComparison } from '../../engine/statistics/paired.ts'
import { mser5 } from '../../engine/statistics/warm-up.ts'
import type { TrialSeries } from '../trial-summary.ts'

/** Fewer replications tell luck from a transient too badly. */
const fewestReplications = 5
/** How sure one must be that what lies before the suggested end differs from what comes after: MSER-5 alone always suggests something. */
const alpha = 0.01
/** A bias of the mean below this share of it is nobody's concern. */
const worthMention = 0.01

/**
 * A sentence where the warm-up of `warmupS` seconds looks too short, else ''. MSER-5 looks at the mean over the
 * replications of the stages that wait or run, bin by bin; what it would leave out besides must differ from the rest
 * of the run beyond doubt (paired t test over the replications), and must shift the mean. Runs are equally long.
 */
export function warmUpNote(policy: string, warmupS: number, runs: readonly TrialSeries[]): string {
  if (runs.length < fewestReplications) return ''
  const { bins, widthS } = runs[0]
  const levels = runs.map(({ waiting, running }) => waiting.map((value, i) => value + running[i]))
  const found = mser5(Float64Array.from({ length: bins }, (_, i) => mean(levels.map(level => level[i]))))
  const to = Number.isNaN(found) ? Math.floor(bins / 2) : found
  const from = Math.floor(warmupS / widthS)
  if (from >= to) return ''
  const before = levels.map(level => mean(level.subarray(from, to)))
  const after = levels.map(level => mean(level.subarray(to)))
  const { estimate, p } = pairedComparison(before, after)
  const bias = (estimate * (to - from)) / (bins - from) / mean(after)
  if (!(p < alpha && Math.abs(bias) > worthMention)) return ''
  const share = `${Math.abs(100 * bias).toPrecision(2)} % ${bias < 0 ? 'fewer' : 'more'} stages`
  const endS = Math.ceil(to * widthS)
  const rest = Number.isNaN(found)
    ? `than in the second half of the run; MSER-5 finds no end of the warm-up in the first, so the run is too short as well`
    : `than from ${endS} s on, where MSER-5 ends it (--set spec.warmup=${endS}s)`
  return `${policy}: the warm-up of ${warmupS} s looks too short: from then on the system holds ${share} ${rest}.`
}
