/** What tasks of traces use over time, as columns of the model. */
import type { Course, Traces } from '../../engine/model.ts'
import { starts } from './fabric.ts'

/** The rows in another order. */
export function reordered(course: Course, rows: ArrayLike<number>): Course {
  const pieces = Array.from(rows, row => [course.start[row], course.start[row + 1]] as const)
  const pick = (column: Float64Array) =>
    Float64Array.from(pieces.flatMap(([from, to]) => [...column.subarray(from, to)]))
  return {
    start: starts(pieces.map(([from, to]) => to - from)),
    untilS: pick(course.untilS),
    milli: pick(course.milli),
  }
}

/** Those of several traces, one after another; undefined where none has any. */
export function joined(parts: readonly Pick<Traces, 'count' | 'course'>[]): Course | undefined {
  if (parts.every(({ course }) => course === undefined)) return undefined
  const lengths = parts.flatMap(({ count, course }) =>
    Array.from({ length: count }, (_, row) => (course === undefined ? 0 : course.start[row + 1] - course.start[row])),
  )
  const all = (of: (course: Course) => Float64Array) =>
    Float64Array.from(parts.flatMap(({ course }) => (course === undefined ? [] : [...of(course)])))
  return { start: starts(lengths), untilS: all(({ untilS }) => untilS), milli: all(({ milli }) => milli) }
}
