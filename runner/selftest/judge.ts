/**
 * Verdicts. A line that rests on luck holds if its interval holds the expected value. All these intervals hold at once
 * with the probability 1 − `falseAlarm` where everything is right (Bonferroni): that is what a ✗ means.
 */
import { shareInterval } from '../../engine/statistics/binomial.ts'
import { meanInterval } from '../../engine/statistics/intervals.ts'
import type { Family, Line } from './experiment.ts'
import type { Measured } from './measure.ts'

/** Probability that any line at all fails though everything is right. */
export const falseAlarm = 1e-4

export interface Verdict {
  readonly family: Family
  readonly line: Line
  readonly measured: number
  /** Of lines without luck both are what was measured. */
  readonly low: number
  readonly high: number
  /** Trials. */
  readonly n: number
  readonly holds: boolean
  readonly error: string | null
}

/** Of each line by itself: probability that it fails though it is right. */
export const falseAlarmOfLine = (measured: readonly Measured[]): number =>
  falseAlarm / Math.max(1, measured.filter(({ line }) => line.test !== 'each').length)

export function judge(measured: readonly Measured[]): Verdict[] {
  const confidence = 1 - falseAlarmOfLine(measured)
  return measured.map(({ family, line, values, error }) => {
    const found = tests[line.test](line, values, confidence)
    return { family, line, ...found, n: values.length, holds: error === null && found.holds, error }
  })
}

type Found = Pick<Verdict, 'measured' | 'low' | 'high' | 'holds'>

/** NaN never holds: no comparison with it does. */
const tests: Readonly<Record<Line['test'], (line: Line, values: Float64Array, confidence: number) => Found>> = {
  mean: ({ expected }, values, confidence) => {
    const { estimate, low, high } = meanInterval(values, confidence)
    const [from, to] = bounds(expected)
    // One value, or none, would bound nothing and so hold always.
    return { measured: estimate, low, high, holds: values.length > 1 && low <= to && from <= high }
  },
  share: ({ expected }, values, confidence) => {
    const held = values.reduce((sum, value) => sum + value, 0)
    const { low, high } = shareInterval(held, values.length, confidence)
    const [from, to] = bounds(expected)
    return { measured: held / values.length, low, high, holds: low <= to && from <= high }
  },
  each: ({ expected, slack }, values) => {
    const [from, to] = bounds(expected)
    const allowed = slack ?? 1e-9 * Math.abs(from)
    const off = (value: number) => Math.max(from - value, value - to)
    let worst = values.length === 0 ? Number.NaN : values[0]
    for (const value of values) if (Number.isNaN(value) || off(value) > off(worst)) worst = value
    return { measured: worst, low: worst, high: worst, holds: off(worst) <= allowed }
  },
}

export const bounds = (expected: Line['expected']): readonly [number, number] =>
  typeof expected === 'number' ? [expected, expected] : expected
