import type { Choice } from '../policy.ts'

/** The node with the most free cores: spreads the load. */
export const leastAllocated = (): Choice => ({
  alike: true,
  score: Number.NaN,
  choose: (pass, stage) => pass.leastAllocated(stage),
})
