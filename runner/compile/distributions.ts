/** Distributions of a scenario as the numbers of the model. */
import { distributions } from '../../engine/distributions.ts'
import type { Distribution } from '../scenario/scenario.ts'

/** Index in the table; −1 of none. */
export const indexOf = (distribution: Distribution | null): number =>
  distributions.findIndex(entry => entry.name === distribution?.kind)

/** A parameter by its position; 0 where the distribution has none there. */
export function parameterOf(distribution: Distribution | null, position: number): number {
  if (distribution === null) return 0
  const name = distributions[indexOf(distribution)].parameters[position]?.name
  return name === undefined ? 0 : distribution.parameters[name]
}

/** Mean in the unit of its parameters. */
export const meanOf = (distribution: Distribution): number =>
  distributions[indexOf(distribution)].mean(parameterOf(distribution, 0), parameterOf(distribution, 1))
