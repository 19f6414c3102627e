/** Colours of a map: steps between round numbers; and the digits of what is written in it. */
import { formatNumber } from '../../format/number.ts'

const mostSteps = 7
/** Beyond this ratio equal steps would put nearly all values into the first one. */
const widestEqual = 30

/** Boundaries between classes, ascending; none where all values are alike. At most six. */
export function stepsOf(values: readonly number[]): number[] {
  const positive = values.filter(value => value > 0)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  if (values.length === 0 || low === high) return []
  const least = Math.min(...positive)
  return positive.length > 1 && high / least > widestEqual ? ratioSteps(least, high) : equalSteps(low, high)
}

function equalSteps(low: number, high: number): number[] {
  const step = roundUp((high - low) / mostSteps)
  const first = Math.floor(low / step) + 1
  return Array.from({ length: mostSteps }, (_, i) => Number(((first + i) * step).toPrecision(6)))
    .filter(value => value < high)
    .slice(0, mostSteps - 1)
}

/** 1, 2, 5 or 1, 3 or powers of ten: whatever leaves few enough. */
function ratioSteps(least: number, high: number): number[] {
  const first = Math.floor(Math.log10(least))
  const decades = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, i) => 10 ** (first + i))
  const candidates = [[1, 2, 5], [1, 3], [1]].map(parts =>
    decades
      .flatMap(decade => parts.map(part => Number((decade * part).toPrecision(6))))
      .filter(value => value > least && value < high),
  )
  const fitting = candidates.find(steps => steps.length < mostSteps) ?? (candidates.at(-1) as number[])
  return fitting.slice(-(mostSteps - 1))
}

/** Next of 1, 2, 2.5, 5, 10 … */
function roundUp(value: number): number {
  const decade = 10 ** Math.floor(Math.log10(value))
  const part = [1, 2, 2.5, 5, 10].find(candidate => candidate * decade >= value * (1 - 1e-9)) ?? 10
  return part * decade
}

/** Two significant digits where values are far apart, three where they are not. */
export function digitsOf(values: readonly number[]): number {
  const sizes = values.map(Math.abs).filter(size => size > 0)
  return Math.max(...sizes) > 8 * Math.min(...sizes) ? 2 : 3
}

/** So many significant digits, and never a power of ten. */
export function inDigits(value: number, digits: number): string {
  const rounded = Number(value.toPrecision(digits))
  const magnitude = rounded === 0 ? 0 : Math.floor(Math.log10(Math.abs(rounded)))
  return formatNumber(value, rounded === 0 ? 0 : Math.max(0, Math.min(6, digits - 1 - magnitude)))
}
