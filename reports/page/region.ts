import type { NamedFactor } from '../factors.ts'
import type { Point } from '../results.ts'

/**
 * Where some of the points lie, in words: `rate from 4/s on`, `nodes 6 and rate 2/s to 8/s`. null where they are all
 * points, or no box of levels that holds these and no others.
 */
export function region(factors: readonly NamedFactor[], all: readonly Point[], some: readonly Point[]): string | null {
  const sides = factors.map(factor => sideOf(factor, some))
  const within = (point: Point) => sides.every(({ path, levels }) => levels.has(point.levels[path]))
  if (some.length === all.length || all.filter(within).length !== some.length) return null
  const words = sides.flatMap(({ text }) => (text === null ? [] : [text]))
  return words.length === 0 ? null : words.join(' and ')
}

/** Levels of one factor that the points take: all between the outermost where levels have an order. */
function sideOf(factor: NamedFactor, points: readonly Point[]) {
  const { path, name, levels, numeric } = factor
  const taken = new Set(points.map(point => point.levels[path]))
  if (numeric === null) {
    const text = taken.size === levels.length ? null : `${name} ${[...taken].join(' or ')}`
    return { path, levels: taken, text }
  }
  const ordered = levels.map((level, i) => ({ level, value: numeric.values[i] })).sort((a, b) => a.value - b.value)
  const first = ordered.findIndex(({ level }) => taken.has(level))
  const last = ordered.findLastIndex(({ level }) => taken.has(level))
  const range = ordered.slice(first, last + 1).map(({ level }) => level)
  return { path, levels: new Set(range), text: rangeInWords(name, range, first === 0, last === levels.length - 1) }
}

function rangeInWords(name: string, range: readonly string[], fromFirst: boolean, toLast: boolean): string | null {
  const [least, most] = [range[0], range.at(-1)]
  if (fromFirst && toLast) return null
  if (range.length === 1) return `${name} ${least}`
  if (fromFirst) return `${name} up to ${most}`
  if (toLast) return `${name} from ${least} on`
  return `${name} ${least} to ${most}`
}
