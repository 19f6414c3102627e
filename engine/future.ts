/**
 * What will be free when attempts end as expected: a second capacity that stands at a time to come, and the running set
 * in order of its expected ends. Kept from the first time that a policy looks ahead; nothing is known here that the
 * control plane does not know.
 */
import { slotState } from './arena.ts'
import type { Capacity } from './capacity.ts'
import { doubled } from './doubled.ts'
import { Forest } from './forest.ts'
import { isPlaced } from './jobs.ts'
import { wayOut } from './messages.ts'
import type { Run } from './run.ts'
import type { StageOrder } from './waiting.ts'

export interface Watcher {
  placed(slot: number, endS: number): void
  reserving?(): void
}

const byNumber: StageOrder = { before: (a, b) => a < b }

export class Future {
  /** At `frontierS`: what attempts hold that are expected to end by then is free. */
  readonly capacity: Capacity
  /** Moves on when an attempt ends or begins otherwise than expected, or one is placed that the reservation did not foresee. */
  surprises = 0
  /** Attempts that are gone. */
  losses = 0
  /** Attempts that were placed. */
  placements = 0
  /** Of these, the ones that were expected to end after the frontier. */
  beyond = 0
  frontierS = Number.NEGATIVE_INFINITY
  /** Attempts that should have ended by the present, as of the last `settle`. */
  overdue = 0
  /** Told of every placement, and of every reservation before it is made. */
  readonly watchers: Watcher[] = []
  private readonly run: Run
  /** Attempts by expected end. */
  private readonly ends: Forest
  /** 1: what the attempt holds is free at the frontier. */
  private released = new Uint8Array(64)
  /** Attempts that were released beyond the present, in no order, and the place of each. */
  private readonly ahead: number[] = []
  private place = new Int32Array(64)

  constructor(run: Run) {
    this.run = run
    this.ends = new Forest(1, byNumber)
    this.capacity = run.capacity.createTwin(run.model)
    const { arena } = run
    const { high } = arena
    for (let slot = 0; slot < high; slot++)
      if (isPlaced(arena.state(slot)) && arena.stage(slot) >= 0)
        this.placed(slot, arena.state(slot) === slotState.running)
  }

  /** An attempt was placed; what it holds is taken already. */
  placed(slot: number, hasBegun = false): void {
    const endS = this.expectedEnd(slot, hasBegun)
    this.note(slot, endS)
    this.placements++
    for (const watcher of this.watchers) watcher.placed(slot, endS)
  }

  /** It begins now. */
  begun(slot: number): void {
    this.expect(slot, this.expectedEnd(slot, true))
  }

  /** It stands by no longer. */
  activated(slot: number): void {
    this.expect(slot, this.expectedEnd(slot, false))
  }

  private expect(slot: number, endS: number): void {
    if (endS === this.ends.keyOf(slot)) return
    this.forget(slot)
    this.note(slot, endS)
    this.surprises++
  }

  /** It is about to give back what it holds. */
  gone(slot: number): void {
    if (this.ends.keyOf(slot) > this.run.now) this.surprises++
    this.losses++
    this.forget(slot)
  }

  /** When the next attempt is expected to end; Infinity if none runs. */
  get firstEndS(): number {
    const first = this.ends.first(0)
    return first < 0 ? Number.POSITIVE_INFINITY : this.endOf(first)
  }

  /** Absolute second at which an attempt is expected to end; may have passed. */
  endOf(slot: number): number {
    return this.ends.keyOf(slot)
  }

  /**
   * When all is arranged that it needs, plus its estimate as it runs on the slowest of its nodes; one that stands by
   * goes with the attempt that it stands by for.
   */
  private expectedEnd(slot: number, hasBegun: boolean): number {
    const { arena, model, now } = this.run
    const stage = arena.stage(slot)
    if (arena.standby(slot) === 1) return this.endOfStage(stage)
    let beginS = arena.beginS(slot)
    if (!hasBegun) {
      const cluster = model.nodeCluster[arena.node(slot)]
      beginS = now + wayOut(this.run, stage, cluster) + arena.startupS(slot)
    }
    return beginS + (arena.estimateS(stage) * arena.factor(slot)) / arena.speed(slot)
  }

  private endOfStage(stage: number): number {
    const { arena } = this.run
    let endS = Number.POSITIVE_INFINITY
    const look = (slot: number): void => {
      if (arena.standby(slot) === 0) endS = Math.min(endS, this.endOf(slot))
    }
    if (isPlaced(arena.state(stage))) look(stage)
    for (let slot = arena.firstShadow(stage); slot >= 0; slot = arena.nextShadow(slot))
      if (isPlaced(arena.state(slot))) look(slot)
    return endS
  }

  private note(slot: number, endS: number): void {
    while (slot >= this.released.length) this.grow()
    this.ends.insert(0, slot, endS, 0)
    this.released[slot] = 0
    if (endS > this.frontierS) {
      this.take(slot)
      this.beyond++
    } else {
      this.released[slot] = 1
      this.remember(slot)
    }
  }

  private forget(slot: number): void {
    this.ends.remove(0, slot)
    if (this.released[slot] === 0) return this.giveBack(slot)
    this.released[slot] = 0
    const at = this.place[slot]
    if (at < 0) {
      this.overdue--
      return
    }
    const last = this.ahead.pop() as number
    if (last === slot) return
    this.ahead[at] = last
    this.place[last] = at
  }

  private remember(slot: number): void {
    this.place[slot] = this.ahead.push(slot) - 1
  }

  /** Moves the frontier back, or on, to the present. */
  settle(): void {
    const { now } = this.run
    for (const watcher of this.watchers) watcher.reserving?.()
    for (const slot of this.ahead) {
      this.place[slot] = -1
      if (this.endOf(slot) <= now) {
        this.overdue++
        continue
      }
      this.released[slot] = 0
      this.take(slot)
    }
    this.ahead.length = 0
    if (this.frontierS < now) this.releaseUntil(now)
    this.frontierS = now
    this.run.capacity.visits += this.ends.visits
    this.ends.visits = 0
  }

  private releaseUntil(endS: number): void {
    for (
      let slot = this.ends.above(0, this.frontierS);
      slot >= 0 && this.endOf(slot) <= endS;
      slot = this.ends.next(0, slot)
    ) {
      this.release(slot)
      this.place[slot] = -1
      this.overdue++
    }
  }

  /** Moves the frontier on to the next expected end; each attempt released is told of, before and after. Infinity: none is left. */
  advance(before: (slot: number) => void, after: (slot: number) => void): number {
    const first = this.ends.above(0, this.frontierS)
    if (first < 0) return Number.POSITIVE_INFINITY
    const endS = this.endOf(first)
    for (let slot = first; slot >= 0 && this.endOf(slot) === endS; slot = this.ends.next(0, slot)) {
      before(slot)
      this.release(slot)
      this.remember(slot)
      after(slot)
    }
    this.frontierS = endS
    return endS
  }

  private release(slot: number): void {
    this.released[slot] = 1
    this.giveBack(slot)
  }

  private take(slot: number): void {
    const { arena, capacity } = this.run
    for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry))
      this.capacity.takeAs(capacity, entry, arena.node(entry), arena.stageClass(slot), arena.tasks(entry))
  }

  private giveBack(slot: number): void {
    const { arena } = this.run
    for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry))
      this.capacity.giveBack(entry, arena.node(entry), arena.stageClass(slot), arena.tasks(entry))
  }

  /** Tells of all attempts, by expected end, as if they were placed now. */
  each(watcher: Watcher): void {
    for (let slot = this.ends.first(0); slot >= 0; slot = this.ends.next(0, slot))
      watcher.placed(slot, this.endOf(slot))
  }

  private grow(): void {
    this.released = doubled(this.released)
    this.place = doubled(this.place)
  }
}

/** When a stage whose nodes are taken would be expected to end, if it were placed at a time. */
export function endIfPlaced(run: Run, stage: number, placedS: number): number {
  const { arena, model } = run
  const { groups, classes, nodeGroup, nodeCluster } = model
  const stageClass = arena.stageClass(stage)
  let startupS = 0
  let factor = 1
  let speed = Number.POSITIVE_INFINITY
  for (let entry = stage; entry >= 0; entry = arena.nextEntry(entry)) {
    const group = nodeGroup[arena.node(entry)]
    startupS = Math.max(startupS, groups.startupS[group])
    factor = Math.max(factor, classes.factor[stageClass * groups.count + group])
    speed = Math.min(speed, groups.speed[group])
  }
  const beginS = placedS + wayOut(run, stage, nodeCluster[arena.node(stage)]) + startupS
  return beginS + (arena.estimateS(stage) * factor) / speed
}
