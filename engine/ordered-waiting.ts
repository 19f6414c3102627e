/**
 * The waiting set of a policy that looks past a blocked head: any stage may be placed, not only the first of its class,
 * and the next one in order that is short enough is found without a scan. Visits are logarithmic in what waits and
 * linear in classes.
 */
import type { Arena } from './arena.ts'
import type { Capacity } from './capacity.ts'
import { EngineError } from './engine-error.ts'
import { Forest } from './forest.ts'
import type { Classes } from './model.ts'
import type { Waiting, WaitingSet } from './waiting.ts'

const unknown = -2

/** Says which stages of a class may end before the head starts. */
export interface Limits {
  /** Longest estimate, in seconds. */
  longest(stageClass: number): number
}

export class OrderedWaiting implements WaitingSet {
  count = 0
  protected readonly forest: Forest
  protected readonly arena: Arena
  private readonly capacity: Capacity
  protected readonly order: Waiting
  /** Stages by class (and origin). */
  private readonly size: Int32Array
  /** First stage of all; `unknown` until it is looked for. */
  private first = unknown
  /** 1: no stage of the class fits until capacity returns. */
  private readonly full: Uint8Array
  /** Moves on whenever stages that were considered might meet with another answer. */
  private epoch = 1
  private readonly seen: Float64Array
  // --- the round of candidates under way: all that come after `last` and are not longer than their class's limit
  private last = -1
  private lastButOne = -1
  protected reserved = -1
  private placedInRound = false
  private limitsAreOld = true
  private readonly limits: Float64Array
  /** Of each queue the one of the same request and origin that has no stricter class before it: they share refusals. */
  private readonly root: Int32Array
  /** 1: no other queue has the root; else what is known of one says too little of the others. */
  private readonly isAlone: Uint8Array
  private readonly nextOf: Int32Array
  /** Longest estimate of a class that can end in time. */
  private inTime: Limits | null = null
  private onlyInTime = false
  /** Whether answers may change with time alone: then nothing is remembered from pass to pass. */
  private readonly forgetful: boolean

  constructor(order: Waiting, arena: Arena, capacity: Capacity, { strictTwin }: Classes, forgetful: boolean) {
    this.order = order
    this.arena = arena
    this.capacity = capacity
    this.forgetful = forgetful
    const queues = order.queueCount
    this.forest = new Forest(queues, order, !order.prioritised)
    this.size = new Int32Array(queues)
    this.full = new Uint8Array(queues)
    this.seen = new Float64Array(queues)
    this.limits = new Float64Array(queues)
    this.nextOf = new Int32Array(queues)
    this.root = Int32Array.from({ length: queues }, (_, q) => q)
    this.findRoots(strictTwin, queues / strictTwin.length)
    const sharers = new Int32Array(queues)
    for (const root of this.root) sharers[root]++
    this.isAlone = Uint8Array.from(this.root, root => Number(sharers[root] === 1))
    order.drain(stage => this.push(stage))
  }

  /** Every class passes its root on to its stricter twin, wherever in the table that stands. */
  private findRoots(strictTwin: Int32Array, origins: number): void {
    const { root } = this
    for (let changed = true; changed; ) {
      changed = false
      for (let q = 0; q < root.length; q++) {
        const twin = strictTwin[Math.floor(q / origins)] * origins + (q % origins)
        if (twin === q || root[twin] === root[q]) continue
        root[twin] = root[q]
        changed = true
      }
    }
  }

  /** A pass in every round in which anything waits: what runs is expected to end at other times by and by. */
  get decidable(): boolean {
    return this.count > 0
  }

  get head(): number {
    if (this.first !== unknown) return this.first
    this.first = -1
    for (let q = 0; q < this.size.length; q++) {
      if (this.size[q] === 0) continue
      const stage = this.forest.first(q)
      if (this.first < 0 || this.order.before(stage, this.first)) this.first = stage
    }
    return this.first
  }

  push(stage: number): void {
    const q = this.order.queueOf(stage)
    this.insert(q, stage)
    this.size[q]++
    this.count++
    this.seen[q] = 0
    this.nextOf[q] = unknown
    if (this.first !== unknown && (this.first < 0 || this.order.before(stage, this.first))) this.first = stage
  }

  private insert(q: number, stage: number): void {
    const { forest, capacity } = this
    forest.insert(q, stage, this.arena.key(stage), this.arena.estimateS(stage))
    capacity.visits += forest.visits
    forest.visits = 0
  }

  remove(stage: number): boolean {
    this.removeAny(stage)
    return true
  }

  removeAny(stage: number): void {
    const q = this.order.queueOf(stage)
    this.forest.remove(q, stage)
    // Others may have been passed over for its sake.
    this.epoch++
    this.count--
    if (--this.size[q] === 0) this.full[q] = 0
    if (this.first === stage) this.first = unknown
    if (this.nextOf[q] === stage) this.nextOf[q] = unknown
  }

  skip(): void {
    throw new EngineError('skip: a policy that looks ahead reserves for what does not fit, and asks for candidates')
  }

  /** Nothing is held up for good: there is a pass in every round. */
  hold(): void {}

  isFull(stage: number): boolean {
    return this.full[this.order.queueOf(stage)] === 1
  }

  /** Neither the stage nor any other of its class fits. */
  setFull(stage: number): void {
    this.full[this.order.queueOf(stage)] = 1
  }

  capacityReturned(node: number): void {
    this.epoch++
    for (let q = 0; q < this.full.length; q++) if (this.full[q] === 1 && this.order.fits(q, node)) this.full[q] = 0
  }

  reachAgain(): void {
    this.epoch++
    this.full.fill(0)
  }

  eased(classes: Uint8Array): void {
    this.epoch++
    for (let q = 0; q < this.full.length; q++) if (classes[this.order.classOf(q)] === 1) this.full[q] = 0
  }

  reorder(giveKey: (stage: number) => void): void {
    const stages = this.all()
    this.forest.clear()
    for (const stage of stages) giveKey(stage)
    for (const stage of stages) this.insert(this.order.queueOf(stage), stage)
    this.first = unknown
    this.epoch++
    this.nextOf.fill(unknown)
  }

  /** Whoever may be placed next has a slot. */
  unshelve(): number {
    return -1
  }

  // --- stages behind a blocked head

  /** Begins a round of those that wait behind `reserved`; `changed`: under another reservation than the last one. */
  startRound(reserved: number, changed: boolean, limits: Limits, onlyInTime: boolean): void {
    this.reserved = reserved
    this.inTime = limits
    this.onlyInTime = onlyInTime
    this.last = -1
    this.placedInRound = false
    if (changed || this.forgetful) this.epoch++
    this.limitsAreOld = true
  }

  /** The next stage in order that may fit and is short enough; −1. */
  candidate(): number {
    const { full, seen, nextOf, epoch } = this
    let best = -1
    let isAnyOpen = false
    for (let q = 0; q < full.length; q++) {
      if (full[q] === 1 || seen[q] === epoch || this.size[q] === 0) continue
      isAnyOpen = true
      if (this.limitsAreOld) this.resetLimits()
      if (nextOf[q] === unknown) nextOf[q] = this.find(q)
      const stage = nextOf[q]
      if (stage >= 0 && (best < 0 || this.order.before(stage, best))) best = stage
    }
    if (best < 0 && isAnyOpen && !this.placedInRound) this.rememberRound()
    this.lastButOne = this.last
    this.last = best
    return best
  }

  /** The last candidate is not counted as one: it has moved to another class. */
  takeBackCandidate(): void {
    this.last = this.lastButOne
  }

  private find(q: number): number {
    const { forest, limits } = this
    let stage = forest.next(q, this.last, limits[q])
    if (stage >= 0 && stage === this.reserved) stage = forest.next(q, stage, limits[q])
    this.capacity.visits += forest.visits
    forest.visits = 0
    return stage
  }

  private rememberRound(): void {
    for (let q = 0; q < this.full.length; q++) if (this.full[q] === 0) this.seen[q] = this.epoch
  }

  /** The candidate was placed: others may meet with another answer than before. */
  wasPlaced(): void {
    this.placedInRound = true
    this.epoch++
    this.limitsAreOld = true
  }

  /**
   * The candidate would delay the reserved one: those of its request that take as long are passed over, too. Where all of
   * its class would get the same nodes (`alike`), only those that end in time are left.
   */
  wasRefused(stage: number, alike: boolean): void {
    const q = this.order.queueOf(stage)
    const shorter = below(this.arena.estimateS(stage))
    for (let other = 0; other < this.root.length; other++)
      if (this.root[other] === this.root[q]) this.limit(other, shorter)
    if (alike && this.isAlone[q] === 1) this.limit(q, this.inTimeOf(q))
  }

  private limit(q: number, estimateS: number): void {
    if (estimateS >= this.limits[q]) return
    this.limits[q] = estimateS
    this.nextOf[q] = unknown
  }

  private resetLimits(): void {
    this.limitsAreOld = false
    for (let q = 0; q < this.limits.length; q++)
      this.limits[q] =
        this.onlyInTime && this.size[q] > 0 && this.isAlone[q] === 1 ? this.inTimeOf(q) : Number.POSITIVE_INFINITY
    this.nextOf.fill(unknown)
  }

  private inTimeOf(q: number): number {
    return this.inTime?.longest(this.order.classOf(q)) ?? Number.POSITIVE_INFINITY
  }

  /** All stages in order: the first after `after` (−1: of all); −1. */
  following(after: number): number {
    let best = -1
    for (let q = 0; q < this.size.length; q++) {
      const stage = this.size[q] === 0 ? -1 : this.forest.next(q, after)
      if (stage >= 0 && (best < 0 || this.order.before(stage, best))) best = stage
    }
    this.capacity.visits += this.forest.visits
    this.forest.visits = 0
    return best
  }

  /** All that wait, in no particular order. */
  protected all(): number[] {
    const stages: number[] = []
    for (let q = 0; q < this.size.length; q++)
      for (let stage = this.forest.first(q); stage >= 0; stage = this.forest.next(q, stage)) stages.push(stage)
    return stages
  }
}

const bits = new Uint32Array(2)
const float = new Float64Array(bits.buffer)

/** The greatest number less than x ≥ 0; −1 for 0. */
export function below(x: number): number {
  if (x === 0) return -1
  float[0] = x
  if (bits[0]-- === 0) bits[1]--
  return float[0]
}
