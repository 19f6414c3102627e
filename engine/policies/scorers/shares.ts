/** Requests and free capacity in shares of the largest node, as packing rules compare them. */
import type { Model } from '../../model.ts'
import type { Pass } from '../policy.ts'

/** The most that a node of the fabric has of each; at least 1. */
export interface Largest {
  readonly cpuMilli: number
  readonly memoryBytes: number
  readonly gpuMilli: number
}

const most = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => Math.max(a, b), 1)

export const largestOf = ({ groups }: Model): Largest => ({
  cpuMilli: most(groups.cpuMilli),
  memoryBytes: most(groups.memoryBytes),
  gpuMilli: most(groups.gpuMilli),
})

/** Free milli-GPU of all GPUs of a node. */
export function freeGpuMilli(pass: Pass, node: number): number {
  let sum = 0
  for (const free of pass.freeGpus(node)) sum += free
  return sum
}
