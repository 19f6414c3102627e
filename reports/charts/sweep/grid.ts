/** Two factors make a map; the levels of all others make one map each. */
import { type NamedFactor, namedFactors, pointName } from '../../factors.ts'
import { pointViews } from '../../lookup.ts'
import type { Results } from '../../results.ts'
import { axisOrder } from './axis-order.ts'

export interface Grid {
  readonly x: NamedFactor
  readonly y: NamedFactor
  /** Levels of the other factors in words; empty where there are none. */
  readonly facet: string
  readonly cells: readonly GridCell[]
}

export interface GridCell {
  readonly x: string
  readonly y: string
  /** The point in words. */
  readonly at: string
  readonly view: Results
}

/** More maps of one metric tell nobody anything; the table of points has them all. */
export const mostMaps = 24

/** Grids of the first two factors, in the order of the points; none where fewer than two vary. */
export function grids(results: Results): Grid[] {
  const [x, y, ...others] = namedFactors(results)
  if (y === undefined) return []
  const facets = new Map<string, GridCell[]>()
  for (const view of pointViews(results)) {
    const [point] = view.points
    const facet = others.map(({ path, name }) => `${name} ${point.levels[path]}`).join(', ')
    const cell = { x: point.levels[x.path], y: point.levels[y.path], at: pointName(results, point), view }
    facets.set(facet, [...(facets.get(facet) ?? []), cell])
  }
  return [...facets].map(([facet, cells]) => ({ x, y, facet, cells }))
}

/** `grids`, so many that with `each` figures of a grid there are at most `mostMaps`. */
export const fewGrids = (results: Results, each: number): Grid[] =>
  grids(results).slice(0, Math.max(1, Math.floor(mostMaps / each)))

/** Levels in the order of the axis: numbers grow to the right and upwards, names read as in the file. */
export function gridAxes({ x, y }: Grid): { x: string[]; y: string[] } {
  const levels = (factor: NamedFactor) => axisOrder(factor).map(i => factor.levels[i])
  return { x: levels(x), y: y.numeric === null ? levels(y) : levels(y).reverse() }
}

export const titled = (title: string, { facet }: Grid): string => (facet === '' ? title : `${title}, ${facet}`)
