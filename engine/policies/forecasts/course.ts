/** A course of an intensity or price over time, in steps, and the cheapest times in it. */

/** From atS[i] on the value is values[i]; before the first and after the last, these. Ascending, never empty. */
export interface Course {
  readonly atS: readonly number[]
  readonly values: readonly number[]
}

/** Index of the step in force at a time. */
export function stepAt(atS: ArrayLike<number>, time: number, low = 0, high = atS.length): number {
  let first = low
  let last = high - 1
  while (first < last) {
    const middle = (first + last + 1) >> 1
    if (atS[middle] <= time) first = middle
    else last = middle - 1
  }
  return first
}

/** ∫ value dt of a course, by prefix sums; times at or after its first step. */
export class Integral {
  private readonly course: Course
  private readonly sums: number[] = [0]

  constructor(course: Course) {
    this.course = course
    const { atS, values } = course
    for (let i = 1; i < atS.length; i++) this.sums.push(this.sums[i - 1] + values[i - 1] * (atS[i] - atS[i - 1]))
  }

  between(fromS: number, toS: number): number {
    return this.upTo(toS) - this.upTo(fromS)
  }

  private upTo(time: number): number {
    const { atS, values } = this.course
    const i = stepAt(atS, time)
    return this.sums[i] + values[i] * (time - atS[i])
  }
}

/** When to run, and ∫ value dt over it. */
export interface Slice {
  readonly fromS: number
  readonly toS: number
  readonly sum: number
}

/** Differences of sums below this part of them are rounding. */
const rounding = 1e-12

/**
 * The start between `fromS` and `latestS` of the least ∫ value dt over `runS`, the earliest of equals. The integral is
 * linear between times at which a step begins or the run's end meets one, so only these are looked at.
 */
export function bestStart(course: Course, integral: Integral, fromS: number, latestS: number, runS: number): Slice {
  let best = { fromS, toS: fromS + runS, sum: integral.between(fromS, fromS + runS) }
  const look = (at: number): void => {
    if (at <= fromS || at > latestS) return
    const sum = integral.between(at, at + runS)
    const less = best.sum - sum
    const equal = Math.abs(less) <= rounding * Math.abs(best.sum)
    if (equal ? at < best.fromS : less > 0) best = { fromS: at, toS: at + runS, sum }
  }
  for (const at of course.atS) {
    look(at)
    look(at - runS)
  }
  look(latestS)
  return best
}

/**
 * The first of the slices in which so much run time costs least between `fromS` and `endS`, cut at will; `sum` is of
 * all of them. The cheapest steps are taken whole, the earliest of equals, and of the last so much as is needed.
 */
export function bestSplit(course: Course, fromS: number, endS: number, runS: number): Slice {
  const taken = cheapest(course, fromS, endS, runS).sort((a, b) => a.fromS - b.fromS)
  let last = 0
  while (last + 1 < taken.length && taken[last + 1].fromS === taken[last].toS) last++
  return {
    fromS: taken[0].fromS,
    toS: taken[last].toS,
    sum: taken.reduce((total, { sum }) => total + sum, 0),
  }
}

function cheapest({ atS, values }: Course, fromS: number, endS: number, runS: number): Slice[] {
  const pieces: { fromS: number; toS: number; value: number }[] = []
  for (let i = stepAt(atS, fromS); i < atS.length && (i === 0 || atS[i] < endS); i++) {
    const begin = Math.max(fromS, atS[i])
    const end = Math.min(endS, atS[i + 1] ?? endS)
    if (end > begin) pieces.push({ fromS: begin, toS: end, value: values[i] })
  }
  pieces.sort((a, b) => a.value - b.value || a.fromS - b.fromS)
  const taken: Slice[] = []
  let left = runS
  for (const piece of pieces) {
    if (left <= 0) break
    const length = Math.min(left, piece.toS - piece.fromS)
    // A part of a step goes to its end where the run goes on from there.
    const late = !taken.some(({ toS }) => toS === piece.fromS) && taken.some(slice => slice.fromS === piece.toS)
    const isWhole = length === piece.toS - piece.fromS
    const begin = late && !isWhole ? piece.toS - length : piece.fromS
    const end = late || isWhole ? piece.toS : piece.fromS + length
    taken.push({ fromS: begin, toS: end, sum: length * piece.value })
    left -= length
  }
  return taken
}
