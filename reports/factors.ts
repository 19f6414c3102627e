/** Factors of a sweep and its points, as people call them. */
import { type NumericLevels, numericLevels } from './levels.ts'
import type { Factor, Point, Results } from './results.ts'

/** A factor with a short name, and its levels as numbers where they are such. */
export interface NamedFactor extends Factor {
  readonly name: string
  readonly numeric: NumericLevels | null
}

/** Where things lie in the file, not what they are. */
const containers = new Set(['spec', 'fabric', 'clusters', 'pools', 'workloads', 'network', 'job', 'stages'])

export const isSweep = (results: Pick<Results, 'points'>): boolean => results.points.length > 1

/** Factors of more than one level, in the order of the file; the others do not vary. */
export function namedFactors({ factors }: Pick<Results, 'factors'>): NamedFactor[] {
  const names = factors.map(({ path }) => shortName(path))
  return factors
    .map((factor, i) => ({
      ...factor,
      name: names.indexOf(names[i]) === names.lastIndexOf(names[i]) ? names[i] : factor.path,
      numeric: numericLevels(factor.levels),
    }))
    .filter(factor => factor.levels.length > 1)
}

/** `fabric.clusters.edge.nodes` → `edge nodes`. */
function shortName(path: string): string {
  const words = path.split(/[.[\]]+/).filter(word => word !== '')
  const telling = words.filter((word, i) => i === words.length - 1 || !containers.has(word))
  return telling.join(' ')
}

/** `edge nodes 12, rate 5/s`; empty without a sweep. */
export function pointName(results: Pick<Results, 'factors'>, point: Point): string {
  return namedFactors(results)
    .map(({ path, name }) => `${name} ${point.levels[path]}`)
    .join(', ')
}
