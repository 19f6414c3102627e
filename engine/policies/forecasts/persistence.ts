import { type Course, stepAt } from './course.ts'
import type { Question } from './index.ts'

/** It stays as it is. */
export const persistence = ({ truth: { atS, values }, nowS }: Question): Course => ({
  atS: [nowS],
  values: [values[stepAt(atS, nowS)]],
})
