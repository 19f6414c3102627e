/**
 * Which classes fit where: a bit for each class and node, and above the nodes of a group a tree in which a bit is set
 * where it is below. What fits on a node changes less often than what is free there, so mostly nothing is written, and
 * a search goes straight down to the first node that fits.
 */
import type { Model } from './model.ts'
import type { NeighbourCounts } from './neighbours.ts'
import type { Trees } from './trees.ts'

/** Classes for which one word has bits. */
export const mostClasses = 32

/** What is free on each node, and whether the node is ready. */
export interface FreeColumns {
  readonly freeCpu: Int32Array
  readonly freeMemory: Float64Array
  readonly freeGpu: Int32Array
  readonly ready: Uint8Array
  /** Null where no class asks about others. */
  readonly neighbours: NeighbourCounts | null
}

/** Distinct amounts that classes ask for, least first, and after each of them the classes that ask for no more. */
interface Steps<Column> {
  readonly amount: Column
  readonly classes: Int32Array
}

export class Fitting {
  /** Tree nodes looked at. */
  visits = 0
  private readonly free: FreeColumns
  private readonly trees: Trees
  private readonly fits: Int32Array
  private readonly cpu: Steps<Int32Array>
  private readonly memory: Steps<Float64Array>
  /** Null where no node has a GPU. */
  private readonly gpu: Steps<Int32Array> | null

  constructor({ classes, groups }: Model, free: FreeColumns, trees: Trees) {
    this.free = free
    this.trees = trees
    this.fits = new Int32Array(trees.size)
    this.cpu = stepsOf(classes.cpuMilli, Int32Array)
    this.memory = stepsOf(classes.memoryBytes, Float64Array)
    this.gpu = groups.gpuMilli.some(gpu => gpu > 0) ? stepsOf(classes.gpuMilli, Int32Array) : null
    for (let node = 0; node < free.ready.length; node++) this.update(node)
  }

  /** Of a node something else is free than before, or it is ready, or no longer. */
  update(node: number): void {
    const { fits, trees } = this
    const classes = this.classesOn(node)
    const group = trees.nodeGroup[node]
    const base = trees.base[group]
    let i = trees.leaves[group] + node - trees.nodeStart[group]
    if (fits[base + i] === classes) return
    fits[base + i] = classes
    for (i >>= 1; i > 0; i >>= 1) {
      const below = fits[base + 2 * i] | fits[base + 2 * i + 1]
      if (fits[base + i] === below) return
      fits[base + i] = below
    }
  }

  /** Classes of which a task fits on a node. */
  private classesOn(node: number): number {
    const { free, cpu, memory, gpu } = this
    if (free.ready[node] === 0) return 0
    const freeCpu = free.freeCpu[node]
    const freeMemory = free.freeMemory[node]
    const cpuSteps = cpu.amount
    const memorySteps = memory.amount
    let c = 0
    while (c < cpuSteps.length && cpuSteps[c] <= freeCpu) c++
    let m = 0
    while (m < memorySteps.length && memorySteps[m] <= freeMemory) m++
    let classes = cpu.classes[c] & memory.classes[m]
    if (free.neighbours !== null) classes &= ~free.neighbours.keptOff(node)
    return gpu === null ? classes : classes & gpu.classes[stepOf(gpu.amount, free.freeGpu[node])]
  }

  /** The lowest node of a group, at or after `from`, on which a task of the class fits; −1. */
  first(group: number, stageClass: number, from: number): number {
    const { fits, trees } = this
    const base = trees.base[group]
    const leaves = trees.leaves[group]
    const start = trees.nodeStart[group]
    const bit = 1 << stageClass
    let visits = 1
    let i = 1
    if (from > start) {
      if (from - start >= leaves) return -1
      // Up from the first allowed leaf until a subtree that begins at or after it has one.
      i = leaves + from - start
      while ((fits[base + i] & bit) === 0) {
        while ((i & 1) === 1) i >>= 1
        if (i === 0) return -1
        i++
        visits++
      }
    } else if ((fits[base + 1] & bit) === 0) return -1
    for (; i < leaves; visits++) {
      i *= 2
      if ((fits[base + i] & bit) === 0) i++
    }
    this.visits += visits
    return start + i - leaves
  }
}

const stepOf = (amounts: Int32Array, free: number): number => {
  let step = 0
  while (step < amounts.length && amounts[step] <= free) step++
  return step
}

function stepsOf<Column extends Int32Array | Float64Array>(
  asked: Column,
  ColumnType: new (from: ArrayLike<number>) => Column,
): Steps<Column> {
  const amount = new ColumnType([...new Set(asked)].sort((a, b) => a - b))
  const classes = new Int32Array(amount.length + 1)
  for (let step = 0; step <= amount.length; step++)
    for (let c = 0; c < asked.length; c++) if (step > 0 && asked[c] <= amount[step - 1]) classes[step] |= 1 << c
  return { amount, classes }
}
