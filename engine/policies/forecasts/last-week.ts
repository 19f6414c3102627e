import { type Course, stepAt } from './course.ts'
import type { Question } from './index.ts'
import { persistence } from './persistence.ts'

const week = 7 * 86_400

/** As it was a week before, again and again; as it is now where less than a week is known. */
export function lastWeek(question: Question): Course {
  const { truth, nowS, untilS } = question
  const { atS, values } = truth
  if (nowS - week < atS[0]) return persistence(question)
  const course = { atS: [nowS], values: [values[stepAt(atS, nowS)]] }
  const first = stepAt(atS, nowS - week)
  for (let shiftS = week; nowS - week + shiftS < untilS; shiftS += week)
    for (let i = first; i < atS.length && atS[i] <= nowS; i++) {
      const at = Math.max(atS[i], nowS - week) + shiftS
      if (at <= nowS || at >= untilS) continue
      course.atS.push(at)
      course.values.push(values[i])
    }
  return course
}
