import { type Course, stepAt } from './course.ts'
import type { Question } from './index.ts'

/** What will be. */
export function perfect({ truth: { atS, values }, nowS, untilS }: Question): Course {
  const first = stepAt(atS, nowS)
  const course = { atS: [nowS], values: [values[first]] }
  for (let i = first + 1; i < atS.length && atS[i] < untilS; i++) {
    course.atS.push(atS[i])
    course.values.push(values[i])
  }
  return course
}
