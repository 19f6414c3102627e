import type { Choice } from '../policy.ts'

/** The lowest node that fits. */
export const firstFit = (): Choice => ({
  alike: true,
  score: Number.NaN,
  choose: (pass, stage) => pass.firstFit(stage),
})
