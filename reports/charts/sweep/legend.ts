import { heightWith, legendColumns } from '../theme.ts'

/** A legend for lines or dots, with room for names of pairs where they are such; and the height that it needs. */
export function levelLegend(names: readonly string[], against: 'nothing' | 'zero', symbolType: 'stroke' | 'circle') {
  if (names.length < 2) return null
  if (against === 'nothing') return { columns: legendColumns(names), symbolType }
  return { columns: pairColumns(names), symbolType, labelLimit: 290 }
}

/** Pixels of a chart with such a legend and a plot of that height. */
export const levelHeight = (names: readonly string[], against: 'nothing' | 'zero', plot: number): number =>
  against === 'nothing' || names.length < 2
    ? heightWith(names, plot)
    : plot + 24 + 17 * Math.ceil(names.length / pairColumns(names))

/** All in one row where a telephone holds them, else one below the other. */
const pairColumns = (names: readonly string[]): number =>
  names.reduce((sum, name) => sum + name.length * 6.6 + 38, 0) <= 340 ? names.length : 1
