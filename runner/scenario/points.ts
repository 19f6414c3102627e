/** Points of a sweep: one level of each factor. */
import type { ScenarioDocument } from './document.ts'
import { putNode } from './node-path.ts'
import type { SweepFactor } from './sweep.ts'

export const mostPoints = 10_000

/** A level of each factor, in their order. */
export type Levels = readonly SweepFactor['levels'][number][]

/** Every combination; the first factor varies slowest. One without factors. */
export function cartesian(factors: readonly SweepFactor[]): Levels[] {
  return factors.reduce<Levels[]>(
    (points, { levels }) => points.flatMap(point => levels.map(level => [...point, level])),
    [[]],
  )
}

/** Puts the levels of a point in their places. */
export function enter(document: ScenarioDocument, factors: readonly SweepFactor[], levels: Levels): void {
  for (const [i, { path }] of factors.entries()) putNode(document, path, levels[i].node)
}

/** What the levels are called, by the name of the factor. */
export const levelsByName = (factors: readonly SweepFactor[], levels: Levels): Record<string, string> =>
  Object.fromEntries(factors.map(({ name }, i) => [name, levels[i].text]))
