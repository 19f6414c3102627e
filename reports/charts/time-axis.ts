import { formatDuration } from '../format/duration.ts'
import type { Results } from '../results.ts'

/** A stretch of time that is shaded, in the axis' unit. */
export interface TimeWindow {
  readonly from: number
  readonly to: number
  readonly label: string
  readonly kind: 'failure' | 'warmup'
}

export interface TimeAxis {
  /** `s`, `min`, `h` or `d`, and how many seconds that is. */
  readonly unit: string
  readonly unitS: number
  readonly end: number
  readonly windows: readonly TimeWindow[]
}

const units: readonly [number, string][] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
]
const mostWindows = 200

/** One axis for all charts over time: the largest unit of which the run lasts at least three. */
export function timeAxis(results: Results): TimeAxis {
  const endS = Math.max(
    results.scenario.horizonS ?? 0,
    ...results.series.map(series => (series.timeS.at(-1) ?? 0) + series.binWidthS / 2),
    1e-9,
  )
  const [unitS, unit] = units.find(([size]) => endS >= 3 * size) ?? [1, 's']
  return { unit, unitS, end: endS / unitS, windows: windowsOf(results, endS, unitS) }
}

function windowsOf(results: Results, endS: number, unitS: number): TimeWindow[] {
  const failures = results.failures
    .filter(failure => failure.atS < endS)
    .slice(0, mostWindows)
    .map(({ label, atS, endS: until }) => ({
      from: atS / unitS,
      to: Math.min(endS, until ?? endS) / unitS,
      label,
      kind: 'failure' as const,
    }))
  const { warmupS } = results.scenario
  const warmup = { from: 0, to: Math.min(endS, warmupS) / unitS, label: 'warm-up', kind: 'warmup' as const }
  return warmupS > 0 ? [warmup, ...failures] : failures
}

/** Kinds whose labels say what happens; what the others name is down. */
const telling = ['partition', 'inflation', 'slow']

/** `zone eu-1 down from 30 min for 15 min`: the windows in words. */
export function windowsInWords(results: Results): string {
  const named = results.failures.slice(0, 3).map(({ label, kind, atS, endS }) => {
    const lasting = endS === null ? 'for good' : `for ${formatDuration(endS - atS)}`
    return `${label}${telling.includes(kind) ? '' : ' down'} from ${formatDuration(atS)} ${lasting}`
  })
  const more = results.failures.length > 3 ? `, and ${results.failures.length - 3} more failures` : ''
  return `${named.join('; ')}${more}`
}
