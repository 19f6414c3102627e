import type { NamedFactor } from '../../factors.ts'

/** Indices of the levels: ascending where they are numbers, else as in the file. */
export const axisOrder = ({ levels, numeric }: NamedFactor): number[] =>
  [...levels.keys()].sort((a, b) => (numeric === null ? 0 : numeric.values[a] - numeric.values[b]))
