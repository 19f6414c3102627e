/**
 * What plans reserve: each attempt its nodes, from when it should be placed until it should be over. Times are those of
 * a clock in milliseconds; nothing happens by itself, `settle` brings everything up to date.
 */
import type { Resources } from '../clusters/scaling.ts'
import type { PlanningFabric, Reservation } from './fabric.ts'

export interface Window extends Resources {
  /** Milliseconds of the clock. */
  readonly fromMs: number
  readonly untilMs: number
  readonly node: number
}

interface Held {
  readonly plan: string
  readonly window: Window
  /** Null while nothing is reserved. */
  reservation: Reservation | null
  over: boolean
}

interface Change {
  readonly atMs: number
  readonly held: Held
  readonly begins: boolean
}

export class Holds {
  private readonly fabric: PlanningFabric
  private readonly byPlan = new Map<string, Held[]>()
  /** Latest first: what is next stands at the end. */
  private readonly changes: Change[] = []

  constructor(fabric: PlanningFabric) {
    this.fabric = fabric
  }

  /** Windows reserved at this moment. */
  get active(): number {
    let count = 0
    for (const list of this.byPlan.values()) for (const { reservation } of list) if (reservation !== null) count++
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
    const list = windows.map(window => ({ plan, window, reservation: null, over: false }))
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
    held.reservation = this.fabric.reserve(held.window.node, held.window)
  }

  private end(held: Held): void {
    if (held.reservation !== null) this.fabric.giveBack(held.reservation)
    held.reservation = null
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
