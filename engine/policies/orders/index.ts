/** Queue orders by name. */
import type { Order } from '../policy.ts'
import { f1 } from './f1.ts'
import { unicep } from './unicep.ts'
import { wfp3 } from './wfp3.ts'

export const orders: Readonly<Record<string, Order>> = {
  /** First come, first served. */
  fcfs: { key: (pass, stage) => pass.submitTimeOf(stage) },
  /** Shortest estimated job first. */
  sjf: { key: (pass, stage) => pass.estimateOf(stage) },
  /** Longest estimated job first. */
  ljf: { key: (pass, stage) => -pass.estimateOf(stage) },
  f1,
  wfp3,
  unicep,
}
