/**
 * The waiting set. Stages wait by class; each class is ordered by (key, submission, workload, ordinal, stage), and the
 * classes that may fit are ordered by their heads. A class that did not fit is passed over until capacity returns on a
 * node where one of its tasks fits. Stages mostly come in order, so a class is a ring with a heap for stragglers.
 */
import type { Arena } from './arena.ts'
import { Backlog } from './backlog.ts'
import type { Capacity } from './capacity.ts'
import type { Model } from './model.ts'
import { hasQuotas } from './quotas.ts'

/** An order of stages; an object and not a function, so that a copy of a run does not point to the first one. */
export interface StageOrder {
  before(a: number, b: number): boolean
}

/** So many stages of a class keep their slots while jobs of one stage wait behind them without. */
const withSlots = 8

class ClassQueue {
  private ring = new Int32Array(withSlots)
  private first = 0
  private length = 0
  private readonly stragglers: number[] = []
  /** Comes after all of the ring, which is full while anything is in it. */
  private readonly backlog: Backlog
  private readonly order: StageOrder
  private readonly stageClass: number

  constructor(order: StageOrder, backlog: Backlog, stageClass: number) {
    this.order = order
    this.backlog = backlog
    this.stageClass = stageClass
  }

  get count(): number {
    return this.length + this.backlog.count + this.stragglers.length
  }

  /** First stage in order; −1. */
  get head(): number {
    const stragglers = this.stragglers
    if (this.length === 0) return stragglers.length === 0 ? -1 : stragglers[0]
    const front = this.ring[this.first]
    return stragglers.length > 0 && this.order.before(stragglers[0], front) ? stragglers[0] : front
  }

  /** `canGo`: it needs no slot while it waits. */
  push(stage: number, canGo: boolean): void {
    const { backlog } = this
    if (backlog.count > 0) {
      if (canGo && backlog.isBefore(stage)) backlog.put(stage)
      else this.pushStraggler(stage)
      return
    }
    const mask = this.ring.length - 1
    if (this.length > 0 && this.order.before(stage, this.ring[(this.first + this.length - 1) & mask]))
      this.pushStraggler(stage)
    else if (canGo && this.length >= withSlots) backlog.put(stage)
    else this.append(stage)
  }

  private append(stage: number): void {
    if (this.length === this.ring.length) this.grow()
    this.ring[(this.first + this.length++) & (this.ring.length - 1)] = stage
  }

  /** Removes the head. */
  pop(): void {
    if (this.length > 0 && this.head === this.ring[this.first]) {
      this.first = (this.first + 1) & (this.ring.length - 1)
      this.length--
      this.refill()
    } else this.popStraggler()
  }

  private refill(): void {
    if (this.backlog.count > 0) this.append(this.backlog.take(this.stageClass))
  }

  /** Takes a job out of the backlog: its slot; −1. */
  unshelve(): number {
    return this.backlog.count > 0 ? this.backlog.take(this.stageClass) : -1
  }

  /** Removes a stage from wherever it is; the ring is sorted, so it is found by bisection. */
  removeAny(stage: number): void {
    const mask = this.ring.length - 1
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.order.before(this.ring[(this.first + middle) & mask], stage)) low = middle + 1
      else high = middle
    }
    if (low < this.length && this.ring[(this.first + low) & mask] === stage) {
      for (let i = low; i + 1 < this.length; i++)
        this.ring[(this.first + i) & mask] = this.ring[(this.first + i + 1) & mask]
      this.length--
      this.refill()
      return
    }
    const rest = this.stragglers.filter(other => other !== stage)
    this.stragglers.length = 0
    for (const other of rest) this.pushStraggler(other)
  }

  private pushStraggler(stage: number): void {
    const heap = this.stragglers
    let hole = heap.push(stage) - 1
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      if (!this.order.before(stage, heap[parent])) break
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = stage
  }

  private popStraggler(): void {
    const heap = this.stragglers
    const last = heap.pop() as number
    if (heap.length === 0) return
    let hole = 0
    for (let child = 1; child < heap.length; child = 2 * hole + 1) {
      if (child + 1 < heap.length && this.order.before(heap[child + 1], heap[child])) child++
      if (!this.order.before(heap[child], last)) break
      heap[hole] = heap[child]
      hole = child
    }
    heap[hole] = last
  }

  private grow(): void {
    const larger = new Int32Array(2 * this.ring.length)
    for (let i = 0; i < this.length; i++) larger[i] = this.ring[(this.first + i) & (this.ring.length - 1)]
    this.ring = larger
    this.first = 0
  }
}

/** What the loop and the view need of the waiting set; `ordered-waiting.ts` has another one for policies that look ahead. */
export interface WaitingSet {
  /** Stages waiting, passed-over classes included. */
  readonly count: number
  /** Whether a policy should be asked. */
  readonly decidable: boolean
  readonly head: number
  /** `isNew`: nobody has seen the stage yet. */
  push(stage: number, isNew?: boolean): void
  /** Removes a stage that may be placed; false if another of its class is before it. */
  remove(stage: number): boolean
  /** Removes a stage wherever it stands: its job was cancelled or has failed. */
  removeAny(stage: number): void
  /** Passes over the class of the head. */
  skip(): void
  /** The head holds up the rest. */
  hold(): void
  /** Capacity returned on a node: classes of which a task fits there may be asked for again. */
  capacityReturned(node: number): void
  /** A cluster can be reached again: any class may fit. */
  reachAgain(): void
  /** Classes (1) that others kept off nodes may fit. */
  eased(classes: Uint8Array): void
  /** Gives every stage its key anew and puts all in order; nothing is held or passed over any more. Time: linear in what waits where little changes. */
  reorder(giveKey: (stage: number) => void): void
  /** When the run ends: takes out a job that waits without a slot, and gives it one; −1. */
  unshelve(): number
}

export class Waiting implements WaitingSet {
  count = 0
  private readonly arena: Arena
  private readonly model: Model
  private readonly capacity: Capacity
  /** Queues a class has: one for each origin, where what fits depends on what the origin can reach; else one. */
  private readonly origins: number
  private readonly queues: ClassQueue[]
  /** By stage of the model: whether its jobs may wait without a slot. */
  private readonly canGo: Uint8Array
  /** Heap of the classes that may fit, by their heads; `position` is −1 for a class that is not in it. */
  private readonly heap: Int32Array
  private heapSize = 0
  private readonly position: Int32Array
  /** Key and submission of each queue's head, so that comparing heads rarely looks at the stages themselves. */
  private readonly headKey: Float64Array
  private readonly headSubmitS: Float64Array
  private readonly passed: number[] = []
  readonly prioritised: boolean
  /** The head that holds up the rest; −1. */
  private held = -1
  /** The only stage that waits, mostly: it goes through no queue. */
  private single = -1

  constructor(arena: Arena, model: Model, capacity: Capacity, byOrigin: boolean) {
    this.arena = arena
    this.model = model
    this.capacity = capacity
    this.prioritised = model.workloads.priority.some(priority => priority !== model.workloads.priority[0])
    this.origins = byOrigin ? model.clusters.count : 1
    const queues = model.classes.count * this.origins
    this.queues = Array.from(
      { length: queues },
      (_, name) => new ClassQueue(this, new Backlog(arena, model), this.classOf(name)),
    )
    this.canGo = Uint8Array.from(model.stages.workload, w =>
      Number(!this.prioritised && !hasQuotas(model) && needsNoSlot(model, w)),
    )
    this.heap = new Int32Array(queues)
    this.position = new Int32Array(queues).fill(-1)
    this.headKey = new Float64Array(queues)
    this.headSubmitS = new Float64Array(queues)
  }

  get decidable(): boolean {
    return (this.single >= 0 || this.heapSize > 0) && (this.held < 0 || this.head !== this.held)
  }

  get head(): number {
    if (this.single >= 0) return this.single
    return this.heapSize === 0 ? -1 : this.queues[this.heap[0]].head
  }

  push(stage: number, isNew = false): void {
    if (this.count === 0) {
      this.single = stage
      this.count = 1
      return
    }
    this.queueSingle()
    this.enqueue(stage, isNew && this.canGo[this.arena.template(stage)] === 1)
  }

  /** It waits with others from now on. */
  private queueSingle(): void {
    const { single } = this
    if (single < 0) return
    this.single = -1
    this.count = 0
    this.enqueue(single)
  }

  private enqueue(stage: number, canGo = false): void {
    const name = this.queueOf(stage)
    const queue = this.queues[name]
    const wasEmpty = queue.count === 0
    queue.push(stage, canGo)
    this.count++
    if (queue.head !== stage) return
    this.noteHead(name, stage)
    const at = this.position[name]
    // A new head can only be earlier than the old one.
    if (at >= 0) this.rise(at)
    else if (wasEmpty) this.insert(name)
  }

  private noteHead(name: number, stage: number): void {
    this.headKey[name] = this.arena.key(stage)
    this.headSubmitS[name] = this.arena.submitS(stage)
  }

  /** Removes a stage that is the first of its class; false if another is. */
  remove(stage: number): boolean {
    if (this.single === stage) return this.removeSingle()
    const name = this.queueOf(stage)
    const queue = this.queues[name]
    if (queue.head !== stage) return false
    queue.pop()
    this.removed(name, queue)
    return true
  }

  private removeSingle(): true {
    this.single = -1
    this.count = 0
    this.held = -1
    return true
  }

  removeAny(stage: number): void {
    if (this.single === stage) {
      this.removeSingle()
      return
    }
    const name = this.queueOf(stage)
    const queue = this.queues[name]
    queue.removeAny(stage)
    this.removed(name, queue)
  }

  private removed(name: number, queue: ClassQueue): void {
    this.count--
    this.held = -1
    const at = this.position[name]
    if (queue.count === 0) {
      if (at >= 0) this.removeAt(at)
      else this.passed.splice(this.passed.indexOf(name), 1)
      return
    }
    this.noteHead(name, queue.head)
    // The new head is later than the old one, or the same.
    if (at >= 0) this.sink(at)
  }

  skip(): void {
    this.queueSingle()
    const name = this.heap[0]
    this.removeAt(0)
    this.passed.push(name)
  }

  hold(): void {
    this.held = this.head
  }

  capacityReturned(node: number): void {
    if (this.held >= 0 && this.fits(this.queueOf(this.held), node)) this.held = -1
    const passed = this.passed
    for (let i = passed.length - 1; i >= 0; i--) {
      if (!this.fits(passed[i], node)) continue
      this.insert(passed[i])
      passed[i] = passed[passed.length - 1]
      passed.pop()
    }
  }

  reachAgain(): void {
    this.held = -1
    for (const name of this.passed) this.insert(name)
    this.passed.length = 0
  }

  eased(classes: Uint8Array): void {
    if (this.held >= 0 && classes[this.arena.stageClass(this.held)] === 1) this.held = -1
    const passed = this.passed
    for (let i = passed.length - 1; i >= 0; i--) {
      if (classes[this.classOf(passed[i])] === 0) continue
      this.insert(passed[i])
      passed[i] = passed[passed.length - 1]
      passed.pop()
    }
  }

  reorder(giveKey: (stage: number) => void): void {
    this.held = -1
    if (this.single >= 0) return giveKey(this.single)
    const stages: number[] = []
    this.drain(stage => stages.push(stage))
    this.passed.length = 0
    while (this.heapSize > 0) this.position[this.heap[--this.heapSize]] = -1
    for (const stage of stages) giveKey(stage)
    stages.sort((a, b) => (this.before(a, b) ? -1 : 1))
    for (const stage of stages) this.enqueue(stage)
  }

  get queueCount(): number {
    return this.queues.length
  }

  unshelve(): number {
    for (const queue of this.queues) {
      const stage = queue.unshelve()
      if (stage >= 0) return stage
    }
    return -1
  }

  /** Takes all stages out, in no particular order. */
  drain(each: (stage: number) => void): void {
    this.queueSingle()
    for (const queue of this.queues)
      while (queue.count > 0) {
        each(queue.head)
        queue.pop()
      }
    this.count = 0
  }

  queueOf(stage: number): number {
    const stageClass = this.arena.stageClass(stage)
    return this.origins === 1 ? stageClass : stageClass * this.origins + this.arena.origin(this.arena.job(stage))
  }

  classOf(name: number): number {
    return this.origins === 1 ? name : Math.floor(name / this.origins)
  }

  /** Whether a task of the queue's class fits on a node. */
  fits(name: number, node: number): boolean {
    const stageClass = this.classOf(name)
    const { classes, groups, nodeGroup } = this.model
    return classes.factor[stageClass * groups.count + nodeGroup[node]] > 0 && this.capacity.fits(node, stageClass)
  }

  /** Order of two waiting stages. */
  before(a: number, b: number): boolean {
    const { arena } = this
    const { workload } = this.model.stages
    const workloadA = workload[arena.template(a)]
    const workloadB = workload[arena.template(b)]
    if (this.prioritised) {
      const { priority } = this.model.workloads
      if (priority[workloadA] !== priority[workloadB]) return priority[workloadA] > priority[workloadB]
    }
    if (arena.key(a) !== arena.key(b)) return arena.key(a) < arena.key(b)
    if (arena.submitS(a) !== arena.submitS(b)) return arena.submitS(a) < arena.submitS(b)
    if (workloadA !== workloadB) return workloadA < workloadB
    return arena.ordinal(a) !== arena.ordinal(b)
      ? arena.ordinal(a) < arena.ordinal(b)
      : arena.template(a) < arena.template(b)
  }

  private classBefore(a: number, b: number): boolean {
    const { headKey, headSubmitS } = this
    if (!this.prioritised) {
      if (headKey[a] !== headKey[b]) return headKey[a] < headKey[b]
      if (headSubmitS[a] !== headSubmitS[b]) return headSubmitS[a] < headSubmitS[b]
    }
    return this.before(this.queues[a].head, this.queues[b].head)
  }

  private insert(name: number): void {
    this.heap[this.heapSize] = name
    this.position[name] = this.heapSize
    this.rise(this.heapSize++)
  }

  private removeAt(at: number): void {
    this.position[this.heap[at]] = -1
    const last = this.heap[--this.heapSize]
    if (at === this.heapSize) return
    this.heap[at] = last
    this.position[last] = at
    this.rise(at)
    this.sink(this.position[last])
  }

  private rise(at: number): void {
    const name = this.heap[at]
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.classBefore(name, this.heap[parent])) break
      this.move(this.heap[parent], at)
      at = parent
    }
    this.move(name, at)
  }

  private sink(at: number): void {
    const name = this.heap[at]
    for (let child = 2 * at + 1; child < this.heapSize; child = 2 * at + 1) {
      if (child + 1 < this.heapSize && this.classBefore(this.heap[child + 1], this.heap[child])) child++
      if (!this.classBefore(this.heap[child], name)) break
      this.move(this.heap[child], at)
      at = child
    }
    this.move(name, at)
  }

  private move(name: number, at: number): void {
    this.heap[at] = name
    this.position[name] = at
  }
}

/** Jobs of one stage that nothing looks at before their turn: no cancellation comes for them, no quota counts them. */
const needsNoSlot = ({ tenants, workloads }: Model, w: number): boolean => {
  const { stageStart, cancelLate, maxJobs, traceStart } = workloads
  return (
    tenants === undefined &&
    stageStart[w + 1] - stageStart[w] === 1 &&
    cancelLate[w] === 0 &&
    Math.max(maxJobs[w], traceStart[w + 1] - traceStart[w]) > withSlots
  )
}
