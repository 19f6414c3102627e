/**
 * Most and least that is free on a node of a subtree: segment trees over the nodes of each group whose inner nodes hold
 * the most free millicores, bytes and milli-GPU below them, and the least free millicores once best fit is asked for.
 * A node that is not ready has a leaf of −1.
 */
import type { FreeColumns } from './fitting.ts'
import type { NeighbourCounts } from './neighbours.ts'
import type { Trees } from './trees.ts'

/** Of one task: millicores, bytes, milli-GPU (0 where no node has a GPU), and its class, for who else is on a node. */
export interface Asked {
  cpu: number
  memory: number
  gpu: number
  stageClass: number
  neighbours: NeighbourCounts | null
}

export class Bounds {
  /** Tree nodes looked at. */
  visits = 0
  private readonly free: FreeColumns
  private readonly trees: Trees
  private readonly hasGpu: boolean
  private readonly maxCpu: Int32Array
  private readonly maxMemory: Float64Array
  private readonly maxGpu: Int32Array
  /** Least free millicores; made when first needed. */
  private minCpu: Int32Array | null = null

  constructor(free: FreeColumns, trees: Trees, hasGpu: boolean) {
    this.free = free
    this.trees = trees
    this.hasGpu = hasGpu
    this.maxCpu = new Int32Array(trees.size).fill(-1)
    this.maxMemory = new Float64Array(trees.size).fill(-1)
    this.maxGpu = new Int32Array(hasGpu ? trees.size : 0).fill(-1)
    for (let node = 0; node < free.ready.length; node++) this.update(node)
  }

  /** The lowest node of the group, at or after `from`, on which so much is free; −1. */
  first(group: number, asked: Asked, from: number): number {
    const { cpu, memory, gpu } = asked
    const { maxCpu, maxMemory, maxGpu } = this
    const leaves = this.trees.leaves[group]
    const start = this.trees.nodeStart[group]
    const base = this.trees.base[group]
    const local = from > start ? from - start : 0
    if (local >= leaves) return -1
    // Start at the highest subtree that begins at the first allowed leaf.
    let i = leaves + local
    while ((i & 1) === 0 && i > 1) i >>= 1
    for (;;) {
      this.visits++
      if (maxCpu[base + i] >= cpu && maxMemory[base + i] >= memory && (gpu === 0 || maxGpu[base + i] >= gpu)) {
        if (i < leaves) {
          i *= 2
          continue
        }
        if (isLetOnto(asked, start + i - leaves)) return start + i - leaves
      }
      // Next subtree in order: up while this is a right child, then over to the sibling.
      while ((i & 1) === 1) i >>= 1
      if (i === 0) return -1
      i++
    }
  }

  /** The node of the group with the fewest free millicores on which so much is free, lowest index; −1. */
  least(group: number, asked: Asked): number {
    return this.search(group, asked, this.minimum(), true)
  }

  /** The node of the group with the most free millicores on which so much is free, lowest index; −1. */
  most(group: number, asked: Asked): number {
    return this.search(group, asked, this.maxCpu, false)
  }

  /**
   * Branch and bound for the least (or greatest) free millicores; `bounds` says what a subtree can offer at best. The
   * more promising child is looked at first.
   */
  private search(group: number, asked: Asked, bounds: Int32Array, least: boolean): number {
    const { cpu, memory, gpu } = asked
    const start = this.trees.nodeStart[group]
    const leaves = this.trees.leaves[group]
    const base = this.trees.base[group]
    let best = -1
    let bestCpu = least ? Number.POSITIVE_INFINITY : -1
    const search = (i: number): void => {
      this.visits++
      const at = base + i
      if (this.maxCpu[at] < cpu || this.maxMemory[at] < memory || (gpu > 0 && this.maxGpu[at] < gpu)) return
      // Nothing that fits has less than is asked for.
      const offer = least ? Math.max(bounds[at], cpu) : bounds[at]
      if (best >= 0 && (least ? offer > bestCpu : offer < bestCpu)) return
      // An equal offer is only worth a look where it can have a lower index: left of the best so far.
      if (best >= 0 && offer === bestCpu && leftmost(i, leaves) > best) return
      if (i >= leaves) {
        if (!isLetOnto(asked, start + i - leaves)) return
        best = i
        bestCpu = offer
        return
      }
      const left = 2 * i
      const rightFirst = least
        ? bounds[base + left + 1] < bounds[base + left]
        : bounds[base + left + 1] > bounds[base + left]
      search(rightFirst ? left + 1 : left)
      search(rightFirst ? left : left + 1)
    }
    search(1)
    return best < 0 ? -1 : start + best - leaves
  }

  /** Of a node something else is free than before, or it is ready, or no longer: its leaf, and what follows from it above. */
  update(node: number): void {
    const { free, trees, maxCpu, maxMemory } = this
    const group = trees.nodeGroup[node]
    const base = trees.base[group]
    const ready = free.ready[node] === 1
    const leaf = trees.leaves[group] + node - trees.nodeStart[group]
    maxCpu[base + leaf] = ready ? free.freeCpu[node] : -1
    maxMemory[base + leaf] = ready ? free.freeMemory[node] : -1
    for (let i = leaf >> 1; i >= 1; i >>= 1) {
      const at = base + i
      const left = at + i
      const cpu = Math.max(maxCpu[left], maxCpu[left + 1])
      const memory = Math.max(maxMemory[left], maxMemory[left + 1])
      if (cpu === maxCpu[at] && memory === maxMemory[at]) break
      maxCpu[at] = cpu
      maxMemory[at] = memory
    }
    if (this.hasGpu) this.updateGpu(base, leaf, ready ? free.freeGpu[node] : -1)
    if (this.minCpu !== null) this.updateMinimum(this.minCpu, base, leaf, ready ? free.freeCpu[node] : noCpu)
  }

  private updateGpu(base: number, leaf: number, value: number): void {
    const { maxGpu } = this
    maxGpu[base + leaf] = value
    for (let i = leaf >> 1; i >= 1; i >>= 1) maxGpu[base + i] = Math.max(maxGpu[base + 2 * i], maxGpu[base + 2 * i + 1])
  }

  private updateMinimum(minCpu: Int32Array, base: number, leaf: number, value: number): void {
    minCpu[base + leaf] = value
    for (let i = leaf >> 1; i >= 1; i >>= 1) minCpu[base + i] = Math.min(minCpu[base + 2 * i], minCpu[base + 2 * i + 1])
  }

  private minimum(): Int32Array {
    this.minCpu ??= this.buildMinimum()
    return this.minCpu
  }

  private buildMinimum(): Int32Array {
    const minimum = new Int32Array(this.maxCpu.length).fill(noCpu)
    for (let g = 0; g < this.trees.leaves.length; g++) {
      const base = this.trees.base[g]
      const leaves = this.trees.leaves[g]
      for (let i = leaves; i < 2 * leaves; i++)
        if (this.maxCpu[base + i] >= 0) minimum[base + i] = this.maxCpu[base + i]
      for (let i = leaves - 1; i >= 1; i--)
        minimum[base + i] = Math.min(minimum[base + 2 * i], minimum[base + 2 * i + 1])
    }
    return minimum
  }
}

/** Who else is there is no matter of more or less: it is looked at node by node. */
const isLetOnto = ({ neighbours, stageClass }: Asked, node: number): boolean =>
  neighbours === null || neighbours.admitsNode(stageClass, node)

/** Larger than any node. */
const noCpu = 0x7fffffff

/** The leaf furthest to the left below tree node i. */
function leftmost(i: number, leaves: number): number {
  while (i < leaves) i *= 2
  return i
}
