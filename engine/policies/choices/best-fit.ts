import type { Choice } from '../policy.ts'

/** The node with the fewest free cores that fits: leaves large holes for large jobs. */
export const bestFit = (): Choice => ({ alike: true, score: Number.NaN, choose: (pass, stage) => pass.bestFit(stage) })
