import type { Choice } from '../policy.ts'
import { tellFreeCores } from './open-groups.ts'

/** The node with the most free cores: spreads the load. */
export const leastAllocated = (): Choice => ({
  alike: true,
  score: Number.NaN,
  choose: (pass, stage) => pass.leastAllocated(stage),
  explain: (pass, stage, tell) => tellFreeCores(pass, stage, tell, -1, group => pass.leastAllocatedIn(stage, group)),
})
