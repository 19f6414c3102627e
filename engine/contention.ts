/**
 * Cores shared by more than they can serve. Each node has two virtual clocks: progress, by which its entries advance
 * alike (dV/dt = share · slow factor), and share, the part of what it asks for that an entry gets (dS/dt). An entry that
 * begins at V is over at V + its run time, so a change costs a logarithm of the entries on the node and no visit to the
 * others (Parekh and Gallager's virtual time, for processor sharing).
 */
import type { Arena } from './arena.ts'
import { eventKind } from './calendar.ts'
import { doubled } from './doubled.ts'
import { push, remove } from './heap.ts'
import { effectKind, type Model } from './model.ts'
import type { Run } from './run.ts'

/** What an entry does with its cores: see `Arena.burning`. */
export const burning = { no: 0, yes: 1, over: 2 } as const

/** Whether cores may be asked for more than there are, or nodes slow down. */
export function isElastic({ groups, classes, effects }: Model): boolean {
  return (
    groups.cpuMilli.some((milli, g) => milli > groups.coreMilli[g]) ||
    classes.useMilli.some((milli, k) => milli > classes.cpuMilli[k]) ||
    effects.kind.includes(effectKind.slow)
  )
}

/** Millicores that an entry asks for while it runs. */
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
  /** Heap of each node's entries by the progress at which they are over. */
  private readonly due: (number[] | undefined)[] = []
  /** Of each entry: the node's progress at its begin and end; its share at the begin, then what it burnt; place in the heap. */
  private beginProgress = new Float64Array(256)
  private endProgress = new Float64Array(256)
  private shareS = new Float64Array(256)
  private dueAt = new Int32Array(256)

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

  /** An entry begins to use its cores and is over after `runS` of progress. */
  join(entry: number, milli: number, runS: number): void {
    const { arena } = this
    const node = arena.node(entry)
    while (entry >= this.dueAt.length) this.grow()
    this.settle(node)
    arena.setBurning(entry, burning.yes)
    this.beginProgress[entry] = this.progress[node]
    this.shareS[entry] = this.share[node]
    this.endProgress[entry] = this.progress[node] + runS
    this.changeUse(node, milli)
    push(this.dueOf(node), entry, this.endProgress, this.dueAt)
    this.reschedule(node)
  }

  /** An entry that uses its cores no longer does. */
  leave(entry: number, milli: number): void {
    const { arena } = this
    const node = arena.node(entry)
    this.settle(node)
    this.shareS[entry] = this.share[node] - this.shareS[entry]
    arena.setBurning(entry, burning.no)
    this.changeUse(node, -milli)
    remove(this.dueOf(node), entry, this.endProgress, this.dueAt)
    this.reschedule(node)
  }

  /** An entry goes on using its cores but is never over: its attempt is lost. */
  forget(entry: number): void {
    const { arena } = this
    if (arena.burning(entry) !== burning.yes) return
    const node = arena.node(entry)
    remove(this.dueOf(node), entry, this.endProgress, this.dueAt)
    this.reschedule(node)
  }

  /** The node's next entries are over: all whose end is exactly what the clock was set for. Gives them. */
  pass(node: number): number[] {
    const due = this.dueOf(node)
    const end = this.endProgress[due[0]]
    this.settle(node)
    this.progress[node] = end
    const over: number[] = []
    while (due.length > 0 && this.endProgress[due[0]] === end) {
      const entry = due[0]
      this.finish(entry, node, useOf(this.run, entry))
      over.push(entry)
    }
    this.reschedule(node)
    return over
  }

  /** An entry of a live run is over now; if that is when it was expected, the clock is set to just that, as in `pass`. */
  over(entry: number, milli: number): void {
    const node = this.arena.node(entry)
    this.settle(node)
    const end = this.endProgress[entry]
    if (Math.abs(this.progress[node] - end) <= 1e-9 * Math.max(1, end)) this.progress[node] = end
    this.finish(entry, node, milli)
    this.reschedule(node)
  }

  private finish(entry: number, node: number, milli: number): void {
    remove(this.dueOf(node), entry, this.endProgress, this.dueAt)
    this.shareS[entry] = this.share[node] - this.shareS[entry]
    this.arena.setBurning(entry, burning.over)
    this.changeUse(node, -milli)
  }

  /** What is left of the node's speed. */
  setSlow(node: number, factor: number): void {
    this.settle(node)
    this.slow[node] = factor
    this.progressRate[node] = this.shareRate[node] * factor
    this.reschedule(node)
  }

  /** Seconds at full use of its cores that an entry has burnt so far. */
  burntS(entry: number): number {
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
    const left = this.endProgress[due[0]] - this.progress[node]
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
  }
}
