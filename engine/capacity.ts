/**
 * What is free where. Each group of identical nodes has a segment tree whose inner nodes hold the most free
 * millicores, bytes and milli-GPU below them, so that the first node that fits is found in logarithmic time; the
 * least free millicores are kept too once best fit is asked for. A node that is not ready has a leaf of −1.
 */
import { type DevicePick, Devices } from './devices.ts'
import type { Model } from './model.ts'
import { NodeWatch } from './node-watch.ts'

export class Capacity {
  readonly freeCpu: Int32Array
  readonly freeMemory: Float64Array
  readonly freeGpu: Int32Array
  readonly ready: Uint8Array
  /** Free millicores of all ready nodes of each cluster: a quick no for gangs. */
  readonly clusterFreeCpu: Float64Array
  /** Tree nodes looked at. */
  visits = 0
  /** Moves on when a node becomes ready, or is no longer. */
  readiness = 0
  private twin: Capacity | null = null
  /** Null until somebody ranks nodes by a score. */
  private watch: NodeWatch | null = null
  private readonly nodeGroup: Int32Array
  private readonly nodeCluster: Int32Array
  private readonly nodeStart: Int32Array
  private readonly classCpu: Int32Array
  private readonly classMemory: Float64Array
  private readonly classGpu: Int32Array
  private readonly hasGpu: boolean
  private readonly nodeGpus: Int32Array
  /** Null where only whole GPUs are asked for: then counting them is enough. */
  private readonly devices: Devices | null
  /** Trees of all groups one after another: that of group g has leaves[g] leaves and its root at base[g] + 1. */
  private readonly base: Int32Array
  private readonly leaves: Int32Array
  private readonly maxCpu: Int32Array
  private readonly maxMemory: Float64Array
  private readonly maxGpu: Int32Array
  /** Least free millicores; made when first needed. */
  private minCpu: Int32Array | null = null
  /**
   * No node of group g before nodes[lowest[g · classes + c]] fits class c: where the last search for it came to, or
   * where capacity returned since. Mostly that node still fits, and where none does nothing is searched at all. Empty
   * where there are so many classes that keeping them all up to date would cost more than it saves.
   */
  private readonly lowest: Int32Array
  private readonly classCount: number

  /**
   * Of a `base` the nodes and what is free on them are shared: what is taken in one is taken in the other, for classes
   * of the model's own. `parts`: whether parts of GPUs may be asked for, now or by one that shares its nodes.
   */
  constructor(model: Model, base: Capacity | null = null, parts = asksForParts(model)) {
    const { classes, groups, nodeGroup } = model
    this.nodeGroup = nodeGroup
    this.nodeCluster = model.nodeCluster
    this.nodeStart = groups.nodeStart
    this.classCpu = classes.cpuMilli
    this.classMemory = classes.memoryBytes
    this.classGpu = classes.gpuMilli
    const nodes = nodeGroup.length
    this.freeCpu = base?.freeCpu ?? new Int32Array(nodes)
    this.freeMemory = base?.freeMemory ?? new Float64Array(nodes)
    this.freeGpu = base?.freeGpu ?? new Int32Array(nodes)
    this.ready = base?.ready ?? new Uint8Array(nodes).fill(1)
    this.clusterFreeCpu = base?.clusterFreeCpu ?? new Float64Array(model.clusters.count)
    this.hasGpu = groups.gpuMilli.some(gpu => gpu > 0)
    this.nodeGpus = groups.gpuMilli
    this.devices = base === null ? (parts ? new Devices(model) : null) : base.devices
    this.base = base?.base ?? new Int32Array(groups.count)
    this.leaves = base?.leaves ?? new Int32Array(groups.count)
    const size = base?.maxCpu.length ?? this.layOut()
    this.classCount = classes.count
    this.lowest = new Int32Array(classes.count <= mostFollowed ? groups.count * classes.count : 0)
    for (let i = 0; i < this.lowest.length; i++) this.lowest[i] = groups.nodeStart[Math.floor(i / classes.count)]
    this.maxCpu = base?.maxCpu ?? new Int32Array(size).fill(-1)
    this.maxMemory = base?.maxMemory ?? new Float64Array(size).fill(-1)
    this.maxGpu = base?.maxGpu ?? new Int32Array(size).fill(-1)
    if (base === null) this.fill(model)
    else this.minCpu = base.minimum()
  }

  /** Where the trees of the groups lie; how many places they take in all. */
  private layOut(): number {
    const { base, leaves, nodeStart } = this
    let size = 0
    for (let g = 0; g < base.length; g++) {
      leaves[g] = 1
      while (leaves[g] < nodeStart[g + 1] - nodeStart[g]) leaves[g] *= 2
      base[g] = size
      size += 2 * leaves[g]
    }
    return size
  }

  /** All nodes are free. */
  private fill({ groups, nodeGroup }: Model): void {
    for (let node = 0; node < nodeGroup.length; node++) {
      const g = nodeGroup[node]
      this.freeCpu[node] = groups.cpuMilli[g]
      this.freeMemory[node] = groups.memoryBytes[g]
      this.freeGpu[node] = groups.gpuMilli[g]
      this.clusterFreeCpu[groups.cluster[g]] += groups.cpuMilli[g]
      this.refresh(node)
    }
  }

  /** From now on it is kept which nodes change. */
  watched(): NodeWatch {
    this.watch ??= new NodeWatch(this.ready.length)
    return this.watch
  }

  /** Reserves what tasks of a class ask of a node; `entry` names them, `pick` the GPU of each that takes a part of one. */
  take(entry: number, node: number, stageClass: number, tasks: number, pick: DevicePick | null = null): void {
    if (this.devices !== null && this.classGpu[stageClass] > 0)
      this.devices.take(entry, node, tasks, this.classGpu[stageClass], pick)
    this.change(node, stageClass, tasks)
  }

  /** Gives back what the entry reserved. */
  giveBack(entry: number, node: number, stageClass: number, tasks: number): void {
    this.devices?.giveBack(entry, this.classGpu[stageClass])
    this.change(node, stageClass, -tasks)
    this.lower(node)
  }

  /** Reserves the same as the entry has reserved in another one, GPU by GPU. */
  takeAs(other: Capacity, entry: number, node: number, stageClass: number, tasks: number): void {
    if (this.devices !== null && other.devices !== null)
      this.devices.takeAs(other.devices, entry, this.classGpu[stageClass])
    this.change(node, stageClass, tasks)
  }

  /** Writes what is free on a node; of its GPUs one by one, or of all together where only whole ones are asked for. */
  setFree(node: number, cpuMilli: number, memoryBytes: number, gpus: readonly number[]): void {
    if (this.ready[node] === 1) this.clusterFreeCpu[this.nodeCluster[node]] += cpuMilli - this.freeCpu[node]
    this.freeCpu[node] = cpuMilli
    this.freeMemory[node] = memoryBytes
    if (this.devices !== null) {
      this.devices.setFree(node, gpus)
      this.freeGpu[node] = this.devices.usable(node)
    } else this.freeGpu[node] = gpus[0]
    if (this.ready[node] === 1) this.refresh(node)
    this.watch?.note(node)
    this.lower(node)
  }

  /** What is free of a node's GPUs, as `setFree` takes it. */
  freeGpus(node: number): number[] {
    return this.devices?.freeOf(node) ?? [this.freeGpu[node]]
  }

  /** Free milli-GPU of each of a node's GPUs; where only whole ones are asked for the first of them are free. */
  gpuByGpu(node: number): readonly number[] {
    if (this.devices !== null) return this.devices.freeOf(node)
    const free = this.freeGpu[node]
    return Array.from({ length: this.nodeGpus[this.nodeGroup[node]] / 1000 }, (_, i) => (i * 1000 < free ? 1000 : 0))
  }

  /** What an entry holds of its node's GPUs, in the same form. */
  gpusOf(entry: number, node: number, stageClass: number, tasks: number): number[] {
    return this.devices?.takenBy(entry, node, this.classGpu[stageClass]) ?? [tasks * this.classGpu[stageClass]]
  }

  /** Reserves, for no class, so much of a node, or gives it back (all negative); `entry` names it. It need not be there. */
  reserve(entry: number, node: number, cpuMilli: number, memoryBytes: number, gpuMilli: number): void {
    if (gpuMilli > 0) this.devices?.take(entry, node, 1, gpuMilli)
    if (gpuMilli < 0) this.devices?.giveBack(entry, -gpuMilli)
    const gpus = this.devices === null ? [this.freeGpu[node] - gpuMilli] : this.freeGpus(node)
    this.setFree(node, this.freeCpu[node] - cpuMilli, this.freeMemory[node] - memoryBytes, gpus)
  }

  private change(node: number, stageClass: number, tasks: number): void {
    const cpuMilli = tasks * this.classCpu[stageClass]
    this.freeCpu[node] -= cpuMilli
    this.freeMemory[node] -= tasks * this.classMemory[stageClass]
    if (this.hasGpu)
      this.freeGpu[node] = this.devices?.usable(node) ?? this.freeGpu[node] - tasks * this.classGpu[stageClass]
    if (this.watch !== null) {
      this.watch.count(node, stageClass, tasks)
      this.watch.note(node)
    }
    if (this.ready[node] === 0) return
    this.clusterFreeCpu[this.nodeCluster[node]] -= cpuMilli
    this.refresh(node)
  }

  setReady(node: number, ready: boolean): void {
    this.readiness++
    this.show(node, ready)
    this.twin?.setReady(node, ready)
  }

  /** Another one of the same nodes, of which nothing is taken, that will be told of nodes that are ready or not. */
  createTwin(model: Model): Capacity {
    this.twin = new Capacity(model, null, this.devices !== null)
    for (let node = 0; node < this.ready.length; node++) this.twin.setReady(node, this.ready[node] === 1)
    return this.twin
  }

  /** Hides a node from those that look for one, or shows it again; its twin is not told. */
  show(node: number, ready: boolean): void {
    if ((this.ready[node] === 1) === ready) return
    this.ready[node] = ready ? 1 : 0
    this.clusterFreeCpu[this.nodeCluster[node]] += ready ? this.freeCpu[node] : -this.freeCpu[node]
    this.refresh(node)
    this.watch?.note(node)
    this.lower(node)
  }

  /** How many tasks of a class fit on a node now. */
  fitCount(node: number, stageClass: number): number {
    if (this.ready[node] === 0) return 0
    const cpu = this.classCpu[stageClass]
    const memory = this.classMemory[stageClass]
    const gpu = this.classGpu[stageClass]
    let count = Number.POSITIVE_INFINITY
    if (cpu > 0) count = Math.floor(this.freeCpu[node] / cpu)
    if (memory > 0) count = Math.min(count, Math.floor(this.freeMemory[node] / memory))
    if (gpu > 0) count = Math.min(count, this.devices?.fitCount(node, gpu) ?? Math.floor(this.freeGpu[node] / gpu))
    return count
  }

  /** Whether at least one task of a class fits on a node now. */
  fits(node: number, stageClass: number): boolean {
    return (
      this.ready[node] === 1 &&
      this.freeCpu[node] >= this.classCpu[stageClass] &&
      this.freeMemory[node] >= this.classMemory[stageClass] &&
      this.freeGpu[node] >= this.classGpu[stageClass]
    )
  }

  /** The lowest node of the group, at or after `from`, on which a task of the class fits; −1. */
  firstFit(group: number, stageClass: number, from = 0): number {
    if (this.lowest.length === 0) return this.search(group, stageClass, from)
    const at = group * this.classCount + stageClass
    const low = this.lowest[at]
    if (from > low) return this.search(group, stageClass, from)
    const end = this.nodeStart[group + 1]
    this.visits++
    if (low === end) return -1
    if (this.fits(low, stageClass)) return low
    const node = this.search(group, stageClass, low + 1)
    this.lowest[at] = node < 0 ? end : node
    return node
  }

  /** More is free on a node than was: it may be the lowest that fits. */
  private lower(node: number): void {
    if (this.lowest.length === 0 || this.ready[node] === 0) return
    const { lowest, classCpu, classMemory, classGpu, classCount } = this
    const cpu = this.freeCpu[node]
    const memory = this.freeMemory[node]
    const gpu = this.freeGpu[node]
    const first = this.nodeGroup[node] * classCount
    for (let c = 0; c < classCount; c++) {
      if (lowest[first + c] > node && classCpu[c] <= cpu && classMemory[c] <= memory && classGpu[c] <= gpu)
        lowest[first + c] = node
    }
  }

  /** The same by the tree alone. */
  private search(group: number, stageClass: number, from: number): number {
    const cpu = this.classCpu[stageClass]
    const memory = this.classMemory[stageClass]
    const gpu = this.hasGpu ? this.classGpu[stageClass] : 0
    const leaves = this.leaves[group]
    const start = this.nodeStart[group]
    const base = this.base[group]
    const maxCpu = this.maxCpu
    const maxMemory = this.maxMemory
    let visits = 0
    const local = from > start ? from - start : 0
    if (local >= leaves) return -1
    // Start at the highest subtree that begins at the first allowed leaf.
    let i = leaves + local
    while ((i & 1) === 0 && i > 1) i >>= 1
    for (;;) {
      visits++
      if (maxCpu[base + i] >= cpu && maxMemory[base + i] >= memory && (gpu === 0 || this.maxGpu[base + i] >= gpu)) {
        if (i >= leaves) break
        i *= 2
      } else {
        // Next subtree in order: up while this is a right child, then over to the sibling.
        while ((i & 1) === 1) i >>= 1
        if (i === 0) break
        i++
      }
    }
    this.visits += visits
    return i === 0 ? -1 : start + i - leaves
  }

  /** The node of the group with the fewest free millicores on which a task fits, lowest index; −1. */
  bestFit(group: number, stageClass: number): number {
    return this.bound(group, stageClass, this.minimum(), this.classCpu[stageClass], true)
  }

  /** The node of the group with the most free millicores on which a task fits, lowest index; −1. */
  leastAllocated(group: number, stageClass: number): number {
    return this.bound(group, stageClass, this.maxCpu, Number.NEGATIVE_INFINITY, false)
  }

  /**
   * Branch and bound for the least (or greatest) free millicores. `bounds` says what a subtree can offer at best,
   * `floor` what nothing can undercut. The more promising child is looked at first.
   */
  private bound(group: number, stageClass: number, bounds: Int32Array, floor: number, least: boolean): number {
    const cpu = this.classCpu[stageClass]
    const memory = this.classMemory[stageClass]
    const gpu = this.hasGpu ? this.classGpu[stageClass] : 0
    const leaves = this.leaves[group]
    const base = this.base[group]
    let best = -1
    let bestCpu = least ? Number.POSITIVE_INFINITY : -1
    const search = (i: number): void => {
      this.visits++
      const at = base + i
      if (this.maxCpu[at] < cpu || this.maxMemory[at] < memory || (gpu > 0 && this.maxGpu[at] < gpu)) return
      const offer = least ? Math.max(bounds[at], floor) : bounds[at]
      if (best >= 0 && (least ? offer > bestCpu : offer < bestCpu)) return
      // An equal offer is only worth a look where it can have a lower index: left of the best so far.
      if (best >= 0 && offer === bestCpu && leftmost(i, leaves) > best) return
      if (i >= leaves) {
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
    return best < 0 ? -1 : this.nodeStart[group] + best - leaves
  }

  /** Writes the leaf of a node and what follows from it above. */
  private refresh(node: number): void {
    const group = this.nodeGroup[node]
    const base = this.base[group]
    const { maxCpu, maxMemory } = this
    const ready = this.ready[node] === 1
    const leaf = this.leaves[group] + node - this.nodeStart[group]
    maxCpu[base + leaf] = ready ? this.freeCpu[node] : -1
    maxMemory[base + leaf] = ready ? this.freeMemory[node] : -1
    for (let i = leaf >> 1; i >= 1; i >>= 1) {
      const at = base + i
      const left = at + i
      const cpu = Math.max(maxCpu[left], maxCpu[left + 1])
      const memory = Math.max(maxMemory[left], maxMemory[left + 1])
      if (cpu === maxCpu[at] && memory === maxMemory[at]) break
      maxCpu[at] = cpu
      maxMemory[at] = memory
    }
    if (this.hasGpu) this.refreshGpu(base, leaf, ready ? this.freeGpu[node] : -1)
    if (this.minCpu !== null) this.refreshMinimum(this.minCpu, base, leaf, ready ? this.freeCpu[node] : noCpu)
  }

  private refreshGpu(base: number, leaf: number, value: number): void {
    const { maxGpu } = this
    maxGpu[base + leaf] = value
    for (let i = leaf >> 1; i >= 1; i >>= 1) maxGpu[base + i] = Math.max(maxGpu[base + 2 * i], maxGpu[base + 2 * i + 1])
  }

  private refreshMinimum(minCpu: Int32Array, base: number, leaf: number, value: number): void {
    minCpu[base + leaf] = value
    for (let i = leaf >> 1; i >= 1; i >>= 1) minCpu[base + i] = Math.min(minCpu[base + 2 * i], minCpu[base + 2 * i + 1])
  }

  private minimum(): Int32Array {
    this.minCpu ??= this.buildMinimum()
    return this.minCpu
  }

  private buildMinimum(): Int32Array {
    const minimum = new Int32Array(this.maxCpu.length).fill(noCpu)
    for (let g = 0; g < this.leaves.length; g++) {
      const base = this.base[g]
      const leaves = this.leaves[g]
      for (let i = leaves; i < 2 * leaves; i++)
        if (this.maxCpu[base + i] >= 0) minimum[base + i] = this.maxCpu[base + i]
      for (let i = leaves - 1; i >= 1; i--)
        minimum[base + i] = Math.min(minimum[base + 2 * i], minimum[base + 2 * i + 1])
    }
    return minimum
  }
}

const asksForParts = ({ classes }: Model): boolean => classes.gpuMilli.some(gpu => gpu % 1000 !== 0)

/** Classes of which it is kept from where on they may fit. */
const mostFollowed = 64

/** Larger than any node. */
const noCpu = 0x7fffffff

/** The leaf furthest to the left below tree node i. */
function leftmost(i: number, leaves: number): number {
  while (i < leaves) i *= 2
  return i
}
