/** Levels of a factor as numbers, where they are such: `6, 12`, `5/s, 2k/s`, `30m, 1h`, `500m, 1`, `64Mi, 1Gi`. */
import { scaleFor } from './format/scale.ts'

export interface NumericLevels {
  readonly values: readonly number[]
  /** What stands behind each value; may be empty. */
  readonly unit: string
}

interface Split {
  readonly number: number
  readonly suffix: string
}

const durations: Record<string, number> = {
  ns: 1e-9,
  us: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
}

const prefixes: Record<string, number> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}

/** null: they are names. */
export function numericLevels(levels: readonly string[]): NumericLevels | null {
  const split = levels.map(splitLevel)
  if (split.every(level => level !== null)) {
    if (split.every(level => level.suffix === split[0].suffix)) return sameUnit(split)
    return inDurations(levels) ?? withPrefixes(split)
  }
  return inDurations(levels)
}

function splitLevel(level: string): Split | null {
  const match = /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(\D*)$/i.exec(level)
  return match === null ? null : { number: Number(match[1]), suffix: match[2].trim() }
}

const sameUnit = (split: readonly Split[]): NumericLevels => ({
  values: split.map(level => level.number),
  unit: split[0]?.suffix ?? '',
})

/** `30m`, `1h30m`: in the unit that suits the longest. */
function inDurations(levels: readonly string[]): NumericLevels | null {
  const seconds = levels.map(level => {
    if (!/^(\d+(\.\d+)?(ns|us|ms|s|min|m|h|d))+$/.test(level)) return Number.NaN
    const parts = [...level.matchAll(/(\d+(?:\.\d+)?)(ns|us|ms|s|min|m|h|d)/g)]
    return parts.reduce((sum, [, number, unit]) => sum + Number(number) * durations[unit], 0)
  })
  if (seconds.some(Number.isNaN)) return null
  const { factor, symbol } = scaleFor('s', false, Math.max(...seconds))
  return { values: seconds.map(value => Number((value * factor).toPrecision(12))), unit: symbol }
}

/** One unit with several prefixes: in that of the largest. */
function withPrefixes(split: readonly Split[]): NumericLevels | null {
  const read = split.map(({ number, suffix }) => {
    const [, prefix, unit] = /^([KMGT]i|[mkMGT]?)(.*)$/.exec(suffix) as RegExpExecArray
    return { value: number * prefixes[prefix], size: prefixes[prefix], unit, suffix }
  })
  if (read.some(level => level.unit !== read[0].unit)) return null
  const largest = read.reduce((a, b) => (b.value > a.value ? b : a))
  return { values: read.map(level => Number((level.value / largest.size).toPrecision(12))), unit: largest.suffix }
}
