/** The daily cycle of Lublin and Feitelson: half an hour is worth as many points as jobs come in it. */
import { logGamma } from '../../engine/statistics/log-gamma.ts'
import type { LublinParameters } from './lublin-parameters.ts'

const buckets = 48
const bucketS = 1800
/** The gamma lies over the half hours from this one on, around midnight. */
const dayStart = 11

/** Share of a gamma (shape a, scale 1) below x > 0: its series (Abramowitz and Stegun, 6.5.29). */
function gammaShare(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; term > sum * 1e-16; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum * Math.exp(a * Math.log(x) - x - logGamma(a))
}

/** Points of each half hour, on average 1. */
function pointsOf({ anum, bnum }: LublinParameters): Float64Array {
  const points = new Float64Array(buckets)
  for (let i = dayStart; i < buckets + dayStart; i++)
    points[(i - 1) % buckets] = gammaShare(anum, (i + 0.5) / bnum) - gammaShare(anum, (i - 0.5) / bnum)
  const mean = points.reduce((sum, value) => sum + value, 0) / buckets
  return points.map(value => value / mean)
}

/** Time that passes while points are spent: much of it at night, little in the rush hours. Begins at midnight. */
export class Day {
  private readonly points: Float64Array
  private bucket = 0
  private days = 0
  /** Points of the half hour in hand that are spent. */
  private spent = 0

  constructor(parameters: LublinParameters) {
    this.points = pointsOf(parameters)
  }

  /** Seconds since the first midnight at which so many more seconds of an average half hour's points are spent. */
  spend(seconds: number): number {
    this.spent += seconds / bucketS
    while (this.spent > this.points[this.bucket]) {
      this.spent -= this.points[this.bucket++]
      if (this.bucket < buckets) continue
      this.bucket = 0
      this.days++
    }
    return (this.days * buckets + this.bucket + this.spent / this.points[this.bucket]) * bucketS
  }
}
