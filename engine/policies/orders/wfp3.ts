import type { Order, Pass } from '../policy.ts'
import { positive } from './positive.ts'

/**
 * WFP3 of Tang, Lan, Desai and Buettner (CLUSTER'09), as RLScheduler (SC'20) computes it: −(waited / estimate)³ · tasks,
 * so that those come first that have waited long for what they ask, wide ones before narrow ones. Estimates that are
 * not above 0 count as 0.1 s.
 */
export const wfp3: Order = {
  changes: true,
  key(pass: Pass, stage: number): number {
    const ratio = pass.waitedOf(stage) / positive(pass.estimateOf(stage))
    return -(ratio * ratio * ratio) * pass.model.classes.tasks[pass.classOf(stage)]
  },
}
