import type { Choice } from '../policy.ts'
import { tellFreeCores } from './open-groups.ts'

/** The node with the fewest free cores that fits: leaves large holes for large jobs. */
export const bestFit = (): Choice => ({
  alike: true,
  score: Number.NaN,
  choose: (pass, stage) => pass.bestFit(stage),
  explain: (pass, stage, tell) => tellFreeCores(pass, stage, tell, 1, group => pass.bestFitIn(stage, group)),
})
