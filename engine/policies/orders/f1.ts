import type { Order, Pass } from '../policy.ts'

/**
 * F1 of Carastan-Santos and de Camargo (SC'17), as RLScheduler (SC'20) computes it: log10(estimate) · tasks + 870 ·
 * log10(submission), seconds as the trace has them; what is not above 0 counts as 0.1.
 */
export const f1: Order = {
  key(pass: Pass, stage: number): number {
    const tasks = pass.model.classes.tasks[pass.classOf(stage)]
    return log10(pass.estimateOf(stage)) * tasks + 870 * log10(pass.submitTimeOf(stage))
  },
}

const log10 = (seconds: number): number => Math.log10(seconds > 0 ? seconds : 0.1)
