import type { Choice } from '../policy.ts'

/** The next node that fits after the one taken last, cyclically. */
export function roundRobin(): Choice {
  let cursor = 0
  return {
    alike: true,
    score: Number.NaN,
    choose: (pass, stage) => pass.nextFit(stage, cursor),
    placed(node) {
      cursor = node + 1
    },
  }
}
