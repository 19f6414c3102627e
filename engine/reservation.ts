/**
 * EASY backfilling: the head that does not fit gets a reservation, and stages behind it start where that does not delay
 * it. What a reservation is worth differs between published systems: see `ReservationKind`.
 */
import { endIfPlaced, Future } from './future.ts'
import type { Network } from './network.ts'
import { below, type OrderedWaiting } from './ordered-waiting.ts'
import { fillOn, place } from './placing.ts'
import { Plan } from './plan.ts'
import type { Choice, ReservationKind } from './policies/policy.ts'
import type { Run } from './run.ts'

/** What makes answers change with time alone: known cuts, inflated latencies, slack that runs out. */
const isForgetful = ({ network, model }: { network: Network; model: Run['model'] }): boolean =>
  network.canBeCut ||
  network.latencyS !== model.latencyS ||
  model.classes.strictTwin.some((twin, stageClass) => twin !== stageClass)

export class Reservation {
  readonly future: Future
  readonly waiting: OrderedWaiting
  private conservative: Plan | null = null
  private readonly run: Run
  private readonly forgetful: boolean
  /** The head that is reserved for; −1. */
  private stage = -1
  private kind: ReservationKind = 'count'
  private choice: Choice | null = null
  /** When it is expected to fit (Infinity: not as things stand), and on which cluster. */
  private startS = 0
  private cluster = -1
  /** By kind `hosts`: the nodes that it would get. */
  private nodes: number[] = []
  // What the future was like when the reservation was made.
  private surprises = -1
  private readiness = -1
  private beyond = -1
  private placements = -1
  /** Tasks of the head that fit on each cluster while a reservation is looked for. */
  private readonly room: Int32Array

  constructor(run: Run) {
    this.run = run
    this.forgetful = isForgetful(run)
    this.room = new Int32Array(run.model.clusters.count)
    this.waiting = run.lookAhead(this.forgetful)
    this.future = new Future(run)
    run.future = this.future
  }

  /** Of conservative backfilling. */
  get plan(): Plan {
    this.conservative ??= new Plan(this.run, this.future, this.forgetful)
    return this.conservative
  }

  /** Reserves for a stage that does not fit now, and begins a round of those behind it. */
  reserve(stage: number, choice: Choice, kind: ReservationKind): void {
    const isKept = this.isKept(stage, kind)
    if (!isKept) this.make(stage, choice, kind)
    this.waiting.startRound(stage, !isKept, this, kind === 'time')
    this.run.capacity.visits += this.future.capacity.visits
    this.future.capacity.visits = 0
  }

  /** As without looking ahead, but what is known not to fit is not tried. */
  place(stage: number, choice: Choice): boolean {
    if (this.waiting.isFull(stage)) return false
    const isPlaced = place(this.run, stage, choice)
    if (!isPlaced) this.waiting.setFull(stage)
    else if (stage === this.stage) this.stage = -1
    return isPlaced
  }

  /** Places a candidate unless that would delay the head. */
  placeBeside(stage: number, choice: Choice): boolean {
    const isPlaced = this.kind === 'hosts' ? this.placeOffHosts(stage, choice) : this.placeIf(stage, choice)
    if (isPlaced) {
      this.beyond = this.future.beyond
      this.waiting.wasPlaced()
    }
    return isPlaced
  }

  private isKept(stage: number, kind: ReservationKind): boolean {
    return stage === this.stage && kind === this.kind && (this.run.compat !== null || this.isUnchanged)
  }

  private get isUnchanged(): boolean {
    const { future } = this
    return (
      !this.forgetful &&
      this.readiness === this.run.capacity.readiness &&
      // Who would not fit if all had ended does not fit whatever ends.
      (this.startS === Number.POSITIVE_INFINITY ||
        (this.surprises === future.surprises && this.isForeseen && this.startS >= this.run.now))
    )
  }

  private make(stage: number, choice: Choice, kind: ReservationKind): void {
    const { future, run } = this
    this.stage = stage
    this.kind = kind
    this.choice = choice
    this.startS = this.earliest(stage)
    if (run.compat !== null) this.startS = below(this.startS)
    this.nodes.length = 0
    this.cluster = -1
    if (this.startS === Number.POSITIVE_INFINITY) future.settle()
    else if (this.hasNodes) this.findNodes(stage, choice)
    else this.cluster = 0
    this.surprises = future.surprises
    this.readiness = run.capacity.readiness
    this.beyond = future.beyond
    this.placements = future.placements
  }

  /** Whether it matters which nodes the head would get, if only for their cluster. */
  private get hasNodes(): boolean {
    return this.kind === 'hosts' || (this.kind === 'count' && this.room.length > 1)
  }

  /** Whether what was placed since changes nothing: what a choice would take may change with each placement. */
  private get isForeseen(): boolean {
    const { future } = this
    return this.hasNodes ? this.placements === future.placements : this.beyond === future.beyond
  }

  /** Moves the future on to when the stage fits; Infinity if it never does. */
  private earliest(stage: number): number {
    const { future, run, room } = this
    future.settle()
    const { classes, nodeCluster, clusters } = run.model
    const stageClass = run.arena.stageClass(stage)
    const tasks = classes.tasks[stageClass]
    if (this.isBound(stage)) return this.earliestAmong(stage)
    for (let c = 0; c < clusters.count; c++) {
      const isOpen = run.network.reaches(run.arena.origin(run.arena.job(stage)), c)
      // What does not fit now, and is one task, has no room at all while nothing is overdue.
      room[c] = !isOpen ? closed : tasks === 1 && future.overdue === 0 ? 0 : this.roomOn(stageClass, c, tasks)
      if (room[c] >= tasks) return run.now
    }
    let fits = false
    const change = (slot: number, by: number): void => {
      for (let entry = slot; entry >= 0; entry = run.arena.nextEntry(entry)) {
        const node = run.arena.node(entry)
        if (classes.factor[stageClass * run.model.groups.count + run.model.nodeGroup[node]] === 0) continue
        const c = nodeCluster[node]
        room[c] += by * future.capacity.fitCount(node, stageClass)
        fits ||= room[c] >= tasks
      }
    }
    const before = (slot: number): void => {
      if (tasks > 1) change(slot, -1)
    }
    const after = (slot: number): void => change(slot, 1)
    while (!fits) {
      const endS = future.advance(before, after)
      if (endS === Number.POSITIVE_INFINITY) return endS
    }
    return future.frontierS
  }

  /** The same where others let it onto nodes or not: an end here may open nodes elsewhere, so that all is looked at again. */
  private earliestAmong(stage: number): number {
    const { future } = this
    if (future.overdue > 0 && this.fitsAtFrontier(stage)) return this.run.now
    const told = (): void => {}
    while (future.advance(told, told) !== Number.POSITIVE_INFINITY)
      if (this.fitsAtFrontier(stage)) return future.frontierS
    return Number.POSITIVE_INFINITY
  }

  private isBound(stage: number): boolean {
    const { arena, capacity } = this.run
    return capacity.neighbours?.binds(arena.stageClass(stage)) === true
  }

  /** Whether the head would get all that it asks for where the future stands. */
  private fitsAtFrontier(stage: number): boolean {
    let fits = false
    fillOn(this.run, this.future.capacity, stage, this.choice as Choice, () => {
      fits = true
      return false
    })
    return fits
  }

  /** Tasks of a class that fit on a cluster in the future, counted up to `most`. */
  private roomOn(stageClass: number, cluster: number, most: number): number {
    const { classes, groups } = this.run.model
    const { capacity } = this.future
    let count = 0
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (groups.cluster[group] !== cluster) continue
      let node = capacity.firstFit(group, stageClass)
      for (; node >= 0 && count < most; node = capacity.firstFit(group, stageClass, node + 1))
        count += capacity.fitCount(node, stageClass)
      if (count >= most) return count
    }
    return count
  }

  /** What the choice would take at the frontier. */
  private findNodes(stage: number, choice: Choice): void {
    const { run, nodes } = this
    fillOn(run, this.future.capacity, stage, choice, () => {
      this.cluster = run.model.nodeCluster[run.arena.node(stage)]
      for (let entry = stage; entry >= 0; entry = run.arena.nextEntry(entry)) nodes.push(run.arena.node(entry))
      return false
    })
  }

  // --- candidates

  private placeIf(stage: number, choice: Choice): boolean {
    let fits = false
    const isPlaced = place(this.run, stage, choice, () => {
      fits = true
      return this.leavesRoom(stage)
    })
    if (isPlaced) return true
    if (fits) this.waiting.wasRefused(stage, choice.alike === true)
    else this.waiting.setFull(stage)
    return false
  }

  /** In time anywhere, or else on nodes that are not reserved. */
  private placeOffHosts(stage: number, choice: Choice): boolean {
    const { capacity } = this.run
    let fits = false
    const isInTime = place(this.run, stage, choice, () => {
      fits = true
      return this.endsInTime(stage)
    })
    if (isInTime) return true
    if (!fits) {
      this.waiting.setFull(stage)
      return false
    }
    const shown = this.nodes.filter(node => capacity.ready[node] === 1)
    for (const node of shown) capacity.show(node, false)
    const isPlaced = place(this.run, stage, choice)
    for (const node of shown) capacity.show(node, true)
    if (!isPlaced) this.waiting.wasRefused(stage, choice.alike === true)
    return isPlaced
  }

  /** Whether the stage, whose nodes are taken, would end before the head starts. */
  private endsInTime(stage: number): boolean {
    return endIfPlaced(this.run, stage, this.run.now) <= this.startS
  }

  /** Whether the head would still fit when it is expected to start, though the stage has the nodes that it has taken. */
  private leavesRoom(stage: number): boolean {
    if (this.endsInTime(stage)) return true
    const { arena, model } = this.run
    if (this.kind === 'time') return false
    const isBound = this.isBound(this.stage)
    if (!isBound && model.nodeCluster[arena.node(stage)] !== this.cluster) return true
    const { capacity } = this.future
    const stageClass = arena.stageClass(stage)
    for (let entry = stage; entry >= 0; entry = arena.nextEntry(entry))
      capacity.takeAs(this.run.capacity, entry, arena.node(entry), stageClass, arena.tasks(entry))
    const headClass = arena.stageClass(this.stage)
    const tasks = model.classes.tasks[headClass]
    const fits = isBound ? this.fitsAtFrontier(this.stage) : this.roomOn(headClass, this.cluster, tasks) >= tasks
    for (let entry = stage; entry >= 0; entry = arena.nextEntry(entry))
      capacity.giveBack(entry, arena.node(entry), stageClass, arena.tasks(entry))
    return fits
  }

  /** No stage of the class with a longer estimate ends before the head starts; a little more, for what is rounded. */
  longest(stageClass: number): number {
    const { classes, groups } = this.run.model
    const leftS = this.startS - this.run.now
    if (leftS === Number.POSITIVE_INFINITY) return leftS
    let longestS = 0
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      const factor = classes.factor[stageClass * groups.count + group]
      longestS = Math.max(longestS, ((leftS - groups.startupS[group]) * groups.speed[group]) / factor)
    }
    return longestS + 1e-9 * (1 + longestS)
  }
}

/** Room of a cluster that the head cannot be placed on, whatever ends there. */
const closed = -0x40000000
