/** Queue orders by name. */
import type { Order } from '../policy.ts'
import { f1 } from './f1.ts'

export const orders: Readonly<Record<string, Order>> = {
  /** First come, first served. */
  fcfs: { key: (pass, stage) => pass.submitTimeOf(stage) },
  /** Shortest estimated job first. */
  sjf: { key: (pass, stage) => pass.estimateOf(stage) },
  f1,
}
