/**
 * Cores shared by more than they can serve. Each node has two virtual clocks: progress, by which its entries advance
 * alike (dV/dt = share · slow factor), and share, the part of what it asks for that an entry gets (dS/dt). An entry that
 * begins at V is over at V + its run time, so a change costs a logarithm of the entries on the node and no visit to the
 * others (Parekh and Gallager's virtual time, for processor sharing).
 */
import type { Arena } from './arena.ts'
import { eventKind } from './calendar.ts'
import { courseRow, pieceAt } from './course.ts'
import { doubled } from './doubled.ts'
import { push, remove } from './heap.ts'
import { type Course, effectKind, type Model } from './model.ts'
import type { Run } from './run.ts'

/** What an entry does with its cores: see `Arena.burning`. */
export const burning = { no: 0, yes: 1, over: 2 } as const

/** Whether cores may be asked for more than there are, use changes on the way, or nodes slow down. */
export function isElastic({ groups, classes, effects, traces }: Model): boolean {
  return (
    traces.course !== undefined ||
    groups.cpuMilli.some((milli, g) => milli > groups.coreMilli[g]) ||
    classes.useMilli.some((milli, k) => milli > classes.cpuMilli[k]) ||
    effects.kind.includes(effectKind.slow)
  )
}

/** Millicores that an entry asks for while it runs, as its class says. */
export function useOf(run: Run, entry: number): number {
  const { arena, model } = run
  return arena.tasks(entry) * model.classes.useMilli[arena.stageClass(arena.owner(entry))]
}

export class Contention {
  /** Entries of the calendar with another generation are stale. */
  readonly generation: Int32Array
  private readonly run: Run
  private readonly arena: Arena
  /** Of each node: the clocks as of `since`, their rates, the slow factor, and the millicores asked for. */
  private readonly progress: Float64Array
  private readonly share: Float64Array
  private readonly since: Float64Array
  private readonly progressRate: Float64Array
  private readonly shareRate: Float64Array
  private readonly slow: Float64Array
  private readonly use: Float64Array
  /** Heap of each node's entries by the progress at which they are over or use other cores. */
  private readonly due: (number[] | undefined)[] = []
  /** Of each entry: the node's progress at its begin and end; its share at the begin, then what it burnt; place in the heap. */
  private beginProgress = new Float64Array(256)
  private endProgress = new Float64Array(256)
  private shareS = new Float64Array(256)
  private dueAt = new Int32Array(256)
  /** Of each entry: the millicores that it asks for now, and the node's progress at which that changes or it is over. */
  private asked = new Float64Array(256)
  private nextProgress = new Float64Array(256)
  /** Of those whose use changes: the piece in force, seconds of progress that a second of work takes, and millicore-seconds of pieces that are over. */
  private piece = new Int32Array(256)
  private stretch = new Float64Array(256)
  private burntBefore = new Float64Array(256)

  constructor(run: Run) {
    const nodes = run.model.nodeGroup.length
    this.run = run
    this.arena = run.arena
    this.generation = new Int32Array(nodes)
    this.progress = new Float64Array(nodes)
    this.share = new Float64Array(nodes)
    this.since = new Float64Array(nodes)
    this.progressRate = new Float64Array(nodes).fill(1)
    this.shareRate = new Float64Array(nodes).fill(1)
    this.slow = new Float64Array(nodes).fill(1)
    this.use = new Float64Array(nodes)
  }

  /** An entry begins to use its cores and is over after `runS` of progress; a second of its work takes `stretch` of these. */
  join(entry: number, runS: number, stretch: number): void {
    const { arena } = this
    const node = arena.node(entry)
    while (entry >= this.dueAt.length) this.grow()
    this.settle(node)
    arena.setBurning(entry, burning.yes)
    this.beginProgress[entry] = this.progress[node]
    this.shareS[entry] = this.share[node]
    this.endProgress[entry] = this.progress[node] + runS
    this.stretch[entry] = stretch
    this.burntBefore[entry] = 0
    this.nextProgress[entry] = this.endProgress[entry]
    this.asked[entry] = useOf(this.run, entry)
    const row = courseRow(this.run, arena.owner(entry))
    if (row >= 0) this.take(entry, row, pieceAt(this.course, row, this.resumedS(entry)))
    this.changeUse(node, this.asked[entry])
    push(this.dueOf(node), entry, this.nextProgress, this.dueAt)
    this.reschedule(node)
  }

  /** An entry that uses its cores no longer does. */
  leave(entry: number): void {
    const { arena } = this
    const node = arena.node(entry)
    this.settle(node)
    this.shareS[entry] = this.share[node] - this.shareS[entry]
    arena.setBurning(entry, burning.no)
    this.changeUse(node, -this.asked[entry])
    remove(this.dueOf(node), entry, this.nextProgress, this.dueAt)
    this.reschedule(node)
  }

  /** An entry goes on using its cores but is never over: its attempt is lost. */
  forget(entry: number): void {
    const { arena } = this
    if (arena.burning(entry) !== burning.yes) return
    const node = arena.node(entry)
    remove(this.dueOf(node), entry, this.nextProgress, this.dueAt)
    this.reschedule(node)
  }

  /** The node's next entries are over, or use other cores from now on: all for which the clock was set. Gives those that are over. */
  pass(node: number): number[] {
    const due = this.dueOf(node)
    const at = this.nextProgress[due[0]]
    this.settle(node)
    this.progress[node] = at
    const over: number[] = []
    while (due.length > 0 && this.nextProgress[due[0]] === at) {
      const entry = due[0]
      if (at < this.endProgress[entry]) this.turn(entry, node)
      else {
        this.finish(entry, node)
        over.push(entry)
      }
    }
    this.reschedule(node)
    return over
  }

  /** An entry of a live run is over now; if that is when it was expected, the clock is set to just that, as in `pass`. */
  over(entry: number): void {
    const node = this.arena.node(entry)
    this.settle(node)
    const end = this.endProgress[entry]
    if (Math.abs(this.progress[node] - end) <= 1e-9 * Math.max(1, end)) this.progress[node] = end
    this.finish(entry, node)
    this.reschedule(node)
  }

  /** The next piece of its course is in force. */
  private turn(entry: number, node: number): void {
    const before = this.asked[entry]
    remove(this.dueOf(node), entry, this.nextProgress, this.dueAt)
    this.burntBefore[entry] += before * (this.share[node] - this.shareS[entry])
    this.shareS[entry] = this.share[node]
    this.take(entry, courseRow(this.run, this.arena.owner(entry)), this.piece[entry] + 1)
    this.changeUse(node, this.asked[entry] - before)
    push(this.dueOf(node), entry, this.nextProgress, this.dueAt)
  }

  private take(entry: number, row: number, piece: number): void {
    const { milli, start, untilS } = this.course
    this.piece[entry] = piece
    this.asked[entry] = this.arena.tasks(entry) * milli[piece]
    const until = this.beginProgress[entry] + (untilS[piece] - this.resumedS(entry)) * this.stretch[entry]
    const end = this.endProgress[entry]
    this.nextProgress[entry] = piece === start[row + 1] - 1 ? end : Math.min(end, until)
  }

  private get course(): Course {
    return this.run.model.traces.course as Course
  }

  /** Work seconds that the entry's attempt did not have to do again. */
  private resumedS(entry: number): number {
    const { arena, model } = this.run
    const slot = arena.owner(entry)
    return model.stages.checkpointEveryS[arena.template(slot)] === Number.POSITIVE_INFINITY ? 0 : arena.resumedS(slot)
  }

  private finish(entry: number, node: number): void {
    remove(this.dueOf(node), entry, this.nextProgress, this.dueAt)
    this.shareS[entry] = this.share[node] - this.shareS[entry]
    this.arena.setBurning(entry, burning.over)
    this.changeUse(node, -this.asked[entry])
  }

  /** What is left of the node's speed. */
  setSlow(node: number, factor: number): void {
    this.settle(node)
    this.slow[node] = factor
    this.progressRate[node] = this.shareRate[node] * factor
    this.reschedule(node)
  }

  /** Core-seconds that an entry has burnt so far. */
  burntCoreS(entry: number): number {
    return this.burntBefore[entry] / 1000 + (this.asked[entry] / 1000) * this.burntS(entry)
  }

  /** Seconds at full use of its cores, since what it asks for was last another. */
  private burntS(entry: number): number {
    const { arena } = this
    if (arena.burning(entry) !== burning.yes) return this.shareS[entry]
    const node = arena.node(entry)
    return this.share[node] + (this.run.now - this.since[node]) * this.shareRate[node] - this.shareS[entry]
  }

  /** Seconds at rate 1 that an entry has come on since its begin. */
  progressOf(entry: number): number {
    const node = this.arena.node(entry)
    const now = this.progress[node] + (this.run.now - this.since[node]) * this.progressRate[node]
    return Math.min(now, this.endProgress[entry]) - this.beginProgress[entry]
  }

  /** Brings a node's clocks up to date. */
  settle(node: number): void {
    const elapsed = this.run.now - this.since[node]
    this.progress[node] += elapsed * this.progressRate[node]
    this.share[node] += elapsed * this.shareRate[node]
    this.since[node] = this.run.now
  }

  /** The node's rates after a change of what is asked for; its power follows what is served. */
  private changeUse(node: number, milli: number): void {
    const { model, energy } = this.run
    const group = model.nodeGroup[node]
    const cores = model.groups.coreMilli[group]
    const served = Math.min(this.use[node], cores)
    this.use[node] += milli
    const use = this.use[node]
    this.shareRate[node] = use <= cores ? 1 : cores / use
    this.progressRate[node] = this.shareRate[node] * this.slow[node]
    const change = Math.min(use, cores) - served
    if (change !== 0) energy.changeUse(node, group, change)
  }

  private reschedule(node: number): void {
    const { run } = this
    this.generation[node]++
    const due = this.due[node]
    if (due === undefined || due.length === 0 || run.outside !== null) return
    const left = this.nextProgress[due[0]] - this.progress[node]
    const at = Math.max(run.now, this.since[node] + left / this.progressRate[node])
    run.schedule(at, eventKind.share, node, this.generation[node])
  }

  private dueOf(node: number): number[] {
    this.due[node] ??= []
    return this.due[node]
  }

  private grow(): void {
    this.beginProgress = doubled(this.beginProgress)
    this.endProgress = doubled(this.endProgress)
    this.shareS = doubled(this.shareS)
    this.dueAt = doubled(this.dueAt)
    this.asked = doubled(this.asked)
    this.nextProgress = doubled(this.nextProgress)
    this.piece = doubled(this.piece)
    this.stretch = doubled(this.stretch)
    this.burntBefore = doubled(this.burntBefore)
  }
}
