import type { Order, Pass } from '../policy.ts'
import { positive } from './positive.ts'

/**
 * F1 of Carastan-Santos and de Camargo (SC'17), as RLScheduler (SC'20) computes it: log10(estimate) · tasks + 870 ·
 * log10(submission), seconds as the trace has them; what is not above 0 counts as 0.1.
 */
export const f1: Order = {
  key(pass: Pass, stage: number): number {
    const tasks = pass.model.classes.tasks[pass.classOf(stage)]
    return Math.log10(positive(pass.estimateOf(stage))) * tasks + 870 * Math.log10(positive(pass.submitTimeOf(stage)))
  },
}
