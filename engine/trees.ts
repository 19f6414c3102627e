/** Where the segment trees of the groups lie in one column: that of group g has leaves[g] leaves and its root at base[g] + 1. */
import type { Model } from './model.ts'

export interface Trees {
  readonly nodeGroup: Int32Array
  /** First node of each group, and one more. */
  readonly nodeStart: Int32Array
  readonly base: Int32Array
  readonly leaves: Int32Array
  /** Places in all. */
  readonly size: number
}

export function layOutTrees({ groups, nodeGroup }: Model): Trees {
  const { nodeStart, count } = groups
  const base = new Int32Array(count)
  const leaves = new Int32Array(count).fill(1)
  let size = 0
  for (let g = 0; g < count; g++) {
    while (leaves[g] < nodeStart[g + 1] - nodeStart[g]) leaves[g] *= 2
    base[g] = size
    size += 2 * leaves[g]
  }
  return { nodeGroup, nodeStart, base, leaves, size }
}
