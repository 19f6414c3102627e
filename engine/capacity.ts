/**
 * What is free where. Which classes fit on which node is kept in trees (`fitting.ts`), and so is how much is free at
 * most and at least (`bounds.ts`) where there are too many classes for that, or where most or least is asked for.
 */
import { type Asked, Bounds } from './bounds.ts'
import { type DevicePick, Devices } from './devices.ts'
import { Fitting, mostClasses } from './fitting.ts'
import type { Model } from './model.ts'
import { NeighbourCounts, type NodeIndex } from './neighbours.ts'
import { NodeWatch } from './node-watch.ts'
import { layOutTrees, type Trees } from './trees.ts'

export class Capacity implements NodeIndex {
  readonly freeCpu: Int32Array
  readonly freeMemory: Float64Array
  readonly freeGpu: Int32Array
  readonly ready: Uint8Array
  /** Free millicores of all ready nodes of each cluster: a quick no for gangs. */
  readonly clusterFreeCpu: Float64Array
  /** Who is where; null where no class asks about others. */
  neighbours: NeighbourCounts | null
  /** Tree nodes looked at. */
  visits = 0
  /** Moves on when a node becomes ready, or is no longer. */
  readiness = 0
  private twin: Capacity | null = null
  /** Null until somebody ranks nodes by a score. */
  private watch: NodeWatch | null = null
  private readonly nodeGroup: Int32Array
  private readonly nodeCluster: Int32Array
  private readonly classCpu: Int32Array
  private readonly classMemory: Float64Array
  private readonly classGpu: Int32Array
  private readonly hasGpu: boolean
  private readonly nodeGpus: Int32Array
  /** Null where only whole GPUs are asked for: then counting them is enough. */
  private readonly devices: Devices | null
  private readonly trees: Trees
  /** Null where there are too many classes, or others share the nodes with classes of their own. */
  private fitting: Fitting | null
  /** Made when first needed. */
  private bounds: Bounds | null = null
  /** What is searched for. */
  private readonly asked: Asked = { cpu: 0, memory: 0, gpu: 0, stageClass: 0, neighbours: null }

  /**
   * Of a `base` the nodes and what is free on them are shared: what is taken in one is taken in the other, for classes
   * of the model's own. `parts`: whether parts of GPUs may be asked for, now or by one that shares its nodes.
   */
  constructor(model: Model, base: Capacity | null = null, parts = asksForParts(model)) {
    const { classes, groups, nodeGroup } = model
    this.nodeGroup = nodeGroup
    this.nodeCluster = model.nodeCluster
    this.classCpu = classes.cpuMilli
    this.classMemory = classes.memoryBytes
    this.classGpu = classes.gpuMilli
    const nodes = nodeGroup.length
    this.freeCpu = base?.freeCpu ?? Int32Array.from(nodeGroup, g => groups.cpuMilli[g])
    this.freeMemory = base?.freeMemory ?? Float64Array.from(nodeGroup, g => groups.memoryBytes[g])
    this.freeGpu = base?.freeGpu ?? Int32Array.from(nodeGroup, g => groups.gpuMilli[g])
    this.ready = base?.ready ?? new Uint8Array(nodes).fill(1)
    this.clusterFreeCpu = base?.clusterFreeCpu ?? freeOfClusters(model)
    this.hasGpu = groups.gpuMilli.some(gpu => gpu > 0)
    this.nodeGpus = groups.gpuMilli
    this.devices = base === null ? (parts ? new Devices(model) : null) : base.devices
    this.trees = base?.trees ?? layOutTrees(model)
    this.neighbours = model.neighbours === undefined ? null : new NeighbourCounts(model, model.neighbours, this)
    this.fitting = base === null && classes.count <= mostClasses ? new Fitting(model, this, this.trees) : null
    this.bounds = base?.share() ?? null
  }

  /** From now on others take of the nodes too, for classes that are not known here. */
  private share(): Bounds {
    this.fitting = null
    return this.boundsNow()
  }

  /** Goes by what another one knows of who is where (null: by nothing) from now on, and counts for that one too. */
  borrow(neighbours: NeighbourCounts | null): void {
    this.fitting = null
    this.neighbours = neighbours
  }

  private boundsNow(): Bounds {
    this.bounds ??= new Bounds(this, this.trees, this.hasGpu)
    return this.bounds
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
    if (this.devices !== null) this.devices.giveBack(entry, this.classGpu[stageClass])
    this.change(node, stageClass, -tasks)
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
    if (this.ready[node] === 1) this.changed(node)
    this.watch?.note(node)
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
    this.neighbours?.add(stageClass, node, tasks)
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
    this.changed(node)
  }

  private changed(node: number): void {
    if (this.fitting !== null) this.fitting.update(node)
    if (this.bounds !== null) this.bounds.update(node)
  }

  /** Other classes are let onto a node than before: whoever keeps what fits there is told. */
  recheck(node: number): void {
    this.fitting?.update(node)
    this.watch?.note(node)
  }

  setReady(node: number, ready: boolean): void {
    this.readiness++
    if ((this.ready[node] === 1) !== ready) this.neighbours?.setReady(node, ready)
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
    this.changed(node)
    this.watch?.note(node)
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
    return this.neighbours === null ? count : Math.min(count, this.neighbours.room(stageClass, node))
  }

  /** Whether those that run let a task of a class onto a node, whatever room there is. */
  admits(node: number, stageClass: number): boolean {
    return this.neighbours === null || this.neighbours.room(stageClass, node) > 0
  }

  /** Whether at least one task of a class fits on a node now. */
  fits(node: number, stageClass: number): boolean {
    return this.fitsApart(node, stageClass) && this.admitsGroup(this.nodeGroup[node], stageClass)
  }

  /** Whether those that run let a task of a class into a group, as far as its nodes are alike. */
  admitsGroup(group: number, stageClass: number): boolean {
    return this.neighbours === null || this.neighbours.admitsGroup(stageClass, group)
  }

  /** Whether it fits as far as that is the node's alone, and not that of its whole group. */
  fitsApart(node: number, stageClass: number): boolean {
    return (
      (this.neighbours === null || this.neighbours.admitsNode(stageClass, node)) &&
      this.ready[node] === 1 &&
      this.freeCpu[node] >= this.classCpu[stageClass] &&
      this.freeMemory[node] >= this.classMemory[stageClass] &&
      this.freeGpu[node] >= this.classGpu[stageClass]
    )
  }

  /** The lowest node of the group, at or after `from`, on which a task of the class fits; −1. */
  firstFit(group: number, stageClass: number, from = 0): number {
    const { fitting } = this
    if (!this.admitsGroup(group, stageClass)) return -1
    if (fitting === null) return this.counted(this.boundsNow().first(group, this.askedBy(stageClass), from))
    const node = fitting.first(group, stageClass, from)
    this.visits += fitting.visits
    fitting.visits = 0
    return node
  }

  /** The node of the group with the fewest free millicores on which a task fits, lowest index; −1. */
  bestFit(group: number, stageClass: number): number {
    if (!this.admitsGroup(group, stageClass)) return -1
    return this.counted(this.boundsNow().least(group, this.askedBy(stageClass)))
  }

  /** The node of the group with the most free millicores on which a task fits, lowest index; −1. */
  leastAllocated(group: number, stageClass: number): number {
    if (!this.admitsGroup(group, stageClass)) return -1
    return this.counted(this.boundsNow().most(group, this.askedBy(stageClass)))
  }

  private askedBy(stageClass: number): Asked {
    const { asked } = this
    asked.cpu = this.classCpu[stageClass]
    asked.memory = this.classMemory[stageClass]
    asked.gpu = this.hasGpu ? this.classGpu[stageClass] : 0
    asked.stageClass = stageClass
    asked.neighbours = this.neighbours
    return asked
  }

  /** What was found, after the bounds were asked. */
  private counted(node: number): number {
    const bounds = this.boundsNow()
    this.visits += bounds.visits
    bounds.visits = 0
    return node
  }
}

const asksForParts = ({ classes }: Model): boolean => classes.gpuMilli.some(gpu => gpu % 1000 !== 0)

/** Free millicores of each cluster when nothing is taken. */
function freeOfClusters({ clusters, groups, nodeGroup }: Model): Float64Array {
  const free = new Float64Array(clusters.count)
  for (const g of nodeGroup) free[groups.cluster[g]] += groups.cpuMilli[g]
  return free
}
