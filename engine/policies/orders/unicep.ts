import type { Order, Pass } from '../policy.ts'
import { positive } from './positive.ts'

/** By this much more than one task counts: a single one, whose logarithm is 0, is before all wider ones. */
const hair = 1e-15

/**
 * UNICEF of Tang, Lan, Desai and Buettner (CLUSTER'09), which RLScheduler (SC'20) spells UNICEP, as the latter computes
 * it: −waited / (log2(tasks) · estimate), so that small jobs come soon. Estimates that are not above 0 count as 0.1 s.
 */
export const unicep: Order = {
  changes: true,
  key(pass: Pass, stage: number): number {
    const tasks = pass.model.classes.tasks[pass.classOf(stage)]
    return -pass.waitedOf(stage) / (Math.log2(tasks + hair) * positive(pass.estimateOf(stage)))
  },
}
