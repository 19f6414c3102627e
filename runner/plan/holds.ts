/**
 * What plans reserve: each attempt its nodes, from when it should be placed until it should be over. Times are those of
 * a clock in milliseconds; nothing happens by itself, `settle` brings everything up to date.
 */
import type { Capacity } from '../../engine/capacity.ts'

export interface Window {
  /** Milliseconds of the clock. */
  readonly fromMs: number
  readonly untilMs: number
  readonly node: number
  readonly cpuMilli: number
  readonly memoryBytes: number
  readonly gpuMilli: number
}

interface Held {
  readonly plan: string
  readonly window: Window
  /** Name of what is reserved; 0 while nothing is. */
  entry: number
  over: boolean
}

interface Change {
  readonly atMs: number
  readonly held: Held
  readonly begins: boolean
}

export class Holds {
  private readonly capacity: Capacity
  private readonly byPlan = new Map<string, Held[]>()
  /** Latest first: what is next stands at the end. */
  private readonly changes: Change[] = []
  /** Below 0: runs name theirs from 0 on. */
  private lastEntry = 0

  constructor(capacity: Capacity) {
    this.capacity = capacity
  }

  /** Windows reserved at this moment. */
  get active(): number {
    let count = 0
    for (const list of this.byPlan.values()) for (const { entry } of list) if (entry !== 0) count++
    return count
  }

  /** When something is given back next; Infinity where nothing is held. */
  get nextMs(): number {
    let next = Number.POSITIVE_INFINITY
    for (const { atMs, begins, held } of this.changes) if (!begins && !held.over) next = Math.min(next, atMs)
    return next
  }

  hold(plan: string, windows: readonly Window[]): void {
    if (windows.length === 0) return
    const list = windows.map(window => ({ plan, window, entry: 0, over: false }))
    this.byPlan.set(plan, list)
    for (const held of list) {
      this.put({ atMs: held.window.fromMs, held, begins: true })
      this.put({ atMs: held.window.untilMs, held, begins: false })
    }
  }

  /** Gives back what a plan holds; nothing where it holds nothing. */
  release(plan: string): void {
    for (const held of this.byPlan.get(plan) ?? []) this.end(held)
    this.byPlan.delete(plan)
  }

  /** Everything that was due by now has happened. */
  settle(nowMs: number): void {
    for (let next = this.changes.at(-1); next !== undefined && next.atMs <= nowMs; next = this.changes.at(-1)) {
      this.changes.pop()
      if (next.held.over) continue
      if (next.begins) this.begin(next.held)
      else this.finish(next.held)
    }
  }

  private begin(held: Held): void {
    const { node, cpuMilli, memoryBytes, gpuMilli } = held.window
    held.entry = --this.lastEntry
    this.capacity.reserve(held.entry, node, cpuMilli, memoryBytes, gpuMilli)
  }

  private end(held: Held): void {
    const { node, cpuMilli, memoryBytes, gpuMilli } = held.window
    if (held.entry !== 0) this.capacity.reserve(held.entry, node, -cpuMilli, -memoryBytes, -gpuMilli)
    held.entry = 0
    held.over = true
  }

  private finish(held: Held): void {
    this.end(held)
    if (this.byPlan.get(held.plan)?.every(({ over }) => over) === true) this.byPlan.delete(held.plan)
  }

  /** Of two at one time the one that ends comes first, else the one that was put first. */
  private put(change: Change): void {
    const { changes } = this
    const isFirst = (other: Change) =>
      other.atMs < change.atMs || (other.atMs === change.atMs && !(change.begins === false && other.begins))
    let low = 0
    let high = changes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (isFirst(changes[middle])) high = middle
      else low = middle + 1
    }
    changes.splice(low, 0, change)
  }
}
