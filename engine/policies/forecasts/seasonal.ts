import { type Course, stepAt } from './course.ts'
import type { Question } from './index.ts'
import { persistence } from './persistence.ts'

const hour = 3600
const day = 24 * hour
/** How far back is looked, and how long it takes what is measured now to lose all but 1/e of its say. */
const days = 28
const memoryS = 12 * hour

/**
 * predictCI, a seasonal model: the mean of the same hour on the days before (at most 28), plus what now is above that
 * mean, which fades with e^(−t / 12 h). As it is now where no day is known.
 */
export function seasonal(question: Question): Course {
  const { truth, nowS, untilS } = question
  const { atS, values } = truth
  const known = Math.min(days, Math.floor((nowS - atS[0]) / day))
  if (known < 1) return persistence(question)
  const mean = (time: number): number => {
    let sum = 0
    // The latest day that ends before now, and those before it.
    const first = time - Math.ceil((time - nowS + 1) / day) * day
    for (let d = 0; d < known; d++) sum += values[stepAt(atS, Math.max(atS[0], first - d * day))]
    return sum / known
  }
  const now = values[stepAt(atS, nowS)]
  const above = now - mean(nowS)
  const course = { atS: [nowS], values: [now] }
  for (let at = (Math.floor(nowS / hour) + 1) * hour; at < untilS; at += hour) {
    course.atS.push(at)
    course.values.push(Math.max(0, mean(at) + above * Math.exp((nowS - at) / memoryS)))
  }
  return course
}
