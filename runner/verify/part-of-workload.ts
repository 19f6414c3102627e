/** Arrivals of a window of time, and of a share of the jobs. */
import type { ScenarioWorkload } from '../scenario/scenario.ts'
import { scaled } from './hasten.ts'

type Arrivals = ScenarioWorkload['arrivals']

const whole = { fromS: 0, untilS: null, every: 1, speedup: 1 }

/** Arrivals from `fromS` to before `endS` (Infinity: no end), counted from `fromS`. */
export function windowed(arrivals: Arrivals, fromS: number, endS: number): Arrivals {
  const until = (untilS: number | null): number | null => {
    const end = Math.min(untilS ?? Number.POSITIVE_INFINITY, endS)
    return end === Number.POSITIVE_INFINITY ? null : Math.max(0, end - fromS)
  }
  if (arrivals.process === 'trace') {
    const untilS = endS === Number.POSITIVE_INFINITY ? null : endS
    return { ...arrivals, part: { ...whole, ...arrivals.part, fromS, untilS } }
  }
  const shifted = { ...arrivals, fromS: Math.max(0, arrivals.fromS - fromS), untilS: until(arrivals.untilS) }
  return shifted.process === 'diurnal' ? { ...shifted, peakS: shifted.peakS - fromS } : shifted
}

/** Arrivals of a share (0 … 1) of the jobs: a lower rate, fewer users, or every so manieth. */
export function thinned(arrivals: Arrivals, share: number): Arrivals {
  if (arrivals.process === 'trace') {
    const part = { ...whole, ...arrivals.part }
    return { ...arrivals, part: { ...part, every: part.every / share } }
  }
  const maxJobs = arrivals.maxJobs === null ? null : Math.max(1, Math.round(arrivals.maxJobs * share))
  if (arrivals.process === 'closed')
    return { ...arrivals, maxJobs, users: Math.max(1, Math.round(arrivals.users * share)) }
  if (arrivals.process === 'mmpp') {
    const states = arrivals.states.map(state => ({ ...state, ratePerS: state.ratePerS * share }))
    return { ...arrivals, maxJobs, states }
  }
  if (arrivals.process !== 'renewal') return { ...arrivals, maxJobs, ratePerS: arrivals.ratePerS * share }
  return { ...arrivals, maxJobs, interval: scaled(arrivals.interval, 1 / share) }
}
