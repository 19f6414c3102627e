/**
 * Conservative backfilling: a profile of what will be free on each node over time, in which every waiting stage has a
 * reservation from which it fits for as long as it is expected to take. Reservations are made anew, in order, with each
 * pass; or they are kept, and when anything is given back each in order moves to the earliest time that is left beside
 * those of all others; they are made anew all the same when an attempt overruns its estimate, or a node comes or goes.
 */
import { slotState } from './arena.ts'
import type { Capacity } from './capacity.ts'
import { type Change, EarliestStart } from './earliest-start.ts'
import { endIfPlaced, type Future, type Watcher } from './future.ts'
import { wayOut } from './messages.ts'
import { fillOn } from './placing.ts'
import type { Choice } from './policies/policy.ts'
import type { Run } from './run.ts'
import { insertSorted, placeBehind } from './sorted.ts'

/** What a waiting stage is to get. */
interface Reserved {
  /** Of the slot: it may come to be used by another stage. */
  readonly generation: number
  readonly startS: number
  readonly endS: number
  readonly changes: readonly (readonly [node: number, change: Change])[]
}

export class Plan implements Watcher {
  private readonly run: Run
  private readonly future: Future
  /** What is free now; while a window is looked at, the run has that one in its place. */
  private readonly capacity: Capacity
  /** The least that is free of each node over the window in hand; nodes without changes are wholly free. */
  private readonly window: Capacity
  private readonly changes = new Map<number, Change[]>()
  private readonly earliest: EarliestStart
  private readonly reserved = new Map<number, Reserved>()
  /** When anything is given back, ascending. */
  private times: number[] = []
  private readonly forgetful: boolean
  private losses = -1
  private readiness = -1
  /** Whether all reservations are made anew, for anything was given back since they were made. */
  private moving = true

  constructor(run: Run, future: Future, forgetful: boolean) {
    this.run = run
    this.future = future
    this.forgetful = forgetful
    this.capacity = run.capacity
    this.window = future.capacity.createTwin(run.model)
    this.earliest = new EarliestStart(run, this.capacity, this.changes)
    future.watchers.push(this)
  }

  /** Begins with what runs and, where reservations are `kept`, with those that there are. */
  begin(kept: boolean): void {
    if (!kept || this.isBroken) this.reserved.clear()
    for (const node of this.changes.keys()) this.clear(node)
    this.changes.clear()
    this.earliest.clear()
    this.times = []
    const { losses } = this.future
    const { readiness } = this.capacity
    this.moving = this.forgetful || this.losses !== losses || this.readiness !== readiness
    this.losses = losses
    this.readiness = readiness
    this.future.each(this)
    const { arena } = this.run
    for (const [stage, reserved] of this.reserved) {
      if (arena.state(stage) === slotState.waiting && arena.generation(stage) === reserved.generation)
        this.enter(reserved)
      else {
        this.reserved.delete(stage)
        this.moving = true
      }
    }
  }

  /** An attempt is overdue, or a stage could not start when it was to: what was reserved beside these means little. */
  private get isBroken(): boolean {
    const { now } = this.run
    if (this.forgetful || this.readiness !== this.capacity.readiness || this.future.firstEndS < now) return true
    for (const { startS } of this.reserved.values()) if (startS < now) return true
    return false
  }

  /** Starts a stage where it fits for all its expected time from now on; else reserves the earliest such time, if there is one. */
  startOrPlan(stage: number, choice: Choice): boolean {
    const { now } = this.run
    const known = this.reserved.get(stage)
    const neighbours = this.capacity.neighbours?.binds(this.run.arena.stageClass(stage))
      ? this.capacity.neighbours
      : null
    if (known !== undefined) {
      if (!this.moving && known.startS > now && neighbours === null) return false
      this.leave(stage, known)
    }
    let startS = this.earliest.from(stage, now)
    for (; startS < Number.POSITIVE_INFINITY; startS = this.earliest.from(stage, this.timeAfter(startS))) {
      this.show(stage, startS)
      // Who will be where later is not planned: there the reservation is for room alone.
      if (this.capacity.neighbours !== null) this.window.borrow(startS === now ? this.capacity.neighbours : null)
      let isPlanned = false
      const isStarted = fillOn(this.run, this.window, stage, choice, () => {
        const endS = endIfPlaced(this.run, stage, startS)
        isPlanned = this.fitsUntil(stage, startS, endS)
        if (isPlanned && startS > now) this.reserve(stage, startS, endS)
        return isPlanned && startS === now
      })
      if (this.capacity.neighbours !== null) this.window.borrow(null)
      if (isStarted || isPlanned) return isStarted
    }
    return false
  }

  // --- the profile

  /** An attempt holds its nodes until its expected end; one that is overdue gives them back any moment. */
  placed(slot: number, endS: number): void {
    const freeS = Math.max(endS, after(this.run.now))
    for (const [node, change] of this.holdings(slot, this.capacity, freeS, 1)) this.change(node, change)
    insertSorted(this.times, freeS, time => time)
  }

  private reserve(stage: number, startS: number, endS: number): void {
    const changes = [...this.holdings(stage, this.window, startS, -1), ...this.holdings(stage, this.window, endS, 1)]
    const reserved = { generation: this.run.arena.generation(stage), startS, endS, changes }
    this.reserved.set(stage, reserved)
    this.enter(reserved)
  }

  private enter({ endS, changes }: Reserved): void {
    for (const [node, change] of changes) this.change(node, change)
    insertSorted(this.times, endS, time => time)
  }

  private leave(stage: number, { endS, changes }: Reserved): void {
    this.reserved.delete(stage)
    for (const [node, change] of changes) {
      const list = this.changes.get(node) as Change[]
      list.splice(list.indexOf(change), 1)
      this.earliest.remove(node, change)
    }
    this.times.splice(this.times.indexOf(endS), 1)
  }

  /** When anything is given back next; Infinity if nothing is. */
  private timeAfter(timeS: number): number {
    return this.times[placeBehind(this.times, timeS, time => time)] ?? Number.POSITIVE_INFINITY
  }

  /** What an attempt, or a stage in the window, holds, as gained (1) or lost (−1) at a time. */
  private holdings(slot: number, capacity: Capacity, atS: number, sign: 1 | -1): [number, Change][] {
    const { arena, model } = this.run
    const stageClass = arena.stageClass(slot)
    const holdings: [number, Change][] = []
    for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry)) {
      const tasks = sign * arena.tasks(entry)
      const gpus = capacity.gpusOf(entry, arena.node(entry), stageClass, arena.tasks(entry))
      const cpuMilli = tasks * model.classes.cpuMilli[stageClass]
      const memoryBytes = tasks * model.classes.memoryBytes[stageClass]
      holdings.push([arena.node(entry), { atS, cpuMilli, memoryBytes, gpus: gpus.map(gpu => sign * gpu) }])
    }
    return holdings
  }

  private change(node: number, change: Change): void {
    const list = this.changes.get(node)
    if (list === undefined) this.changes.set(node, [change])
    else insertSorted(list, change, each => each.atS)
    this.earliest.add(node, change)
  }

  private clear(node: number): void {
    const { groups, nodeGroup } = this.run.model
    const group = nodeGroup[node]
    const gpus = this.window.freeGpus(node)
    const whole = gpus.length === 1 ? [groups.gpuMilli[group]] : gpus.map(() => 1000)
    this.window.setFree(node, groups.cpuMilli[group], groups.memoryBytes[group], whole)
  }

  /** Shows in the window, of each node that the stage may use, the least that is free while the stage would run there. */
  private show(stage: number, startS: number): void {
    const { arena, model } = this.run
    const { classes, groups, nodeGroup, nodeCluster } = model
    const stageClass = arena.stageClass(stage)
    for (const [node, changes] of this.changes) {
      const group = nodeGroup[node]
      const factor = classes.factor[stageClass * groups.count + group]
      if (factor === 0) continue
      const beginS = startS + wayOut(this.run, stage, nodeCluster[node]) + groups.startupS[group]
      this.showLeast(node, changes, startS, beginS + (arena.estimateS(stage) * factor) / groups.speed[group])
    }
  }

  private showLeast(node: number, changes: readonly Change[], startS: number, endS: number): void {
    const { capacity } = this
    let cpuMilli = capacity.freeCpu[node]
    let memoryBytes = capacity.freeMemory[node]
    const gpus = capacity.freeGpus(node)
    let i = 0
    const step = (): number => {
      const { atS } = changes[i]
      for (; i < changes.length && changes[i].atS === atS; i++) {
        cpuMilli += changes[i].cpuMilli
        memoryBytes += changes[i].memoryBytes
        for (let g = 0; g < gpus.length; g++) gpus[g] += changes[i].gpus[g]
      }
      return atS
    }
    while (i < changes.length && changes[i].atS <= startS) step()
    let leastCpu = cpuMilli
    let leastMemory = memoryBytes
    const leastGpus = [...gpus]
    while (i < changes.length && changes[i].atS < endS) {
      step()
      leastCpu = Math.min(leastCpu, cpuMilli)
      leastMemory = Math.min(leastMemory, memoryBytes)
      for (let g = 0; g < gpus.length; g++) leastGpus[g] = Math.min(leastGpus[g], gpus[g])
    }
    this.window.setFree(node, leastCpu, leastMemory, leastGpus)
  }

  // --- the stage in hand, whose entries are taken from the window

  /** Whether none of its nodes is taken by another before its end: a gang over unlike nodes takes as long as the slowest. */
  private fitsUntil(stage: number, startS: number, endS: number): boolean {
    const { arena, model } = this.run
    const { window } = this
    const stageClass = arena.stageClass(stage)
    const { groupStart } = model.classes
    if (arena.nextEntry(stage) < 0 || groupStart[stageClass + 1] - groupStart[stageClass] === 1) return true
    let fits = true
    for (let entry = stage; entry >= 0; entry = arena.nextEntry(entry)) {
      const node = arena.node(entry)
      const changes = this.changes.get(node)
      if (changes === undefined) continue
      const gpus = window.gpusOf(entry, node, stageClass, arena.tasks(entry))
      const held = [window.freeCpu[node], window.freeMemory[node], window.freeGpus(node)] as const
      this.showLeast(node, changes, startS, endS)
      const left = window.freeGpus(node)
      fits &&=
        window.freeCpu[node] >= arena.tasks(entry) * model.classes.cpuMilli[stageClass] &&
        window.freeMemory[node] >= arena.tasks(entry) * model.classes.memoryBytes[stageClass] &&
        gpus.every((gpu, g) => left[g] >= gpu)
      window.setFree(node, ...held)
    }
    return fits
  }
}

/** The least time after another: not now, but any moment. */
const after = (time: number): number => (time === 0 ? Number.MIN_VALUE : time * (1 + Number.EPSILON))
