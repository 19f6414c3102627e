/** Which nodes are up, which failures are known to be detected later, and what is placed on each node. */
import type { Arena } from './arena.ts'
import { effectKind, type Model } from './model.ts'

export class NodeStates {
  /** First entry placed on each node; −1. This and all else of nodes is kept only where they can fail. */
  readonly first: Int32Array
  /** A detection with another generation is stale. */
  readonly detectionGeneration: Int32Array
  /** Of each member of random failures: how often it has failed, and how long the next failure lasts. */
  readonly failuresOf: Int32Array
  readonly downForS: Float64Array
  private readonly arena: Arena
  private readonly tracked: boolean
  /** Failures that hold the node down. */
  private readonly downBy: Int32Array
  private readonly expected: Uint8Array

  constructor(model: Model, arena: Arena, mayFail: boolean) {
    this.arena = arena
    this.tracked = mayFail || model.effects.kind.includes(effectKind.blackout)
    // Planners run many small runs on large fabrics: what is not needed is not made.
    const nodes = this.tracked ? model.nodeGroup.length : 0
    this.first = new Int32Array(nodes).fill(-1)
    this.detectionGeneration = new Int32Array(nodes)
    this.downBy = new Int32Array(nodes)
    this.expected = new Uint8Array(nodes)
    this.failuresOf = new Int32Array(model.randomFailures.schedule.length)
    this.downForS = new Float64Array(model.randomFailures.schedule.length)
  }

  isUp(node: number): boolean {
    return !this.tracked || this.downBy[node] === 0
  }

  /** One more failure holds the node; true if it was up. */
  takeDown(node: number): boolean {
    return this.downBy[node]++ === 0
  }

  /** One failure less holds the node; true if it comes up. */
  bringUp(node: number): boolean {
    return --this.downBy[node] === 0
  }

  /** A detection is due; its generation. */
  expectDetection(node: number): number {
    this.expected[node] = 1
    return ++this.detectionGeneration[node]
  }

  isExpected(node: number): boolean {
    return this.expected[node] === 1
  }

  /** Whether the control plane knows that a failure holds the node. */
  isKnownDown(node: number): boolean {
    return this.tracked && this.downBy[node] > 0 && this.expected[node] === 0
  }

  forgetDetection(node: number): void {
    this.expected[node] = 0
    this.detectionGeneration[node]++
  }

  link(entry: number, node: number): void {
    if (!this.tracked) return
    const { arena } = this
    const next = this.first[node]
    arena.setNextOnNode(entry, next)
    arena.setPreviousOnNode(entry, -1)
    if (next >= 0) arena.setPreviousOnNode(next, entry)
    this.first[node] = entry
  }

  unlink(entry: number, node: number): void {
    if (!this.tracked) return
    const { arena } = this
    const next = arena.nextOnNode(entry)
    const previous = arena.previousOnNode(entry)
    if (next >= 0) arena.setPreviousOnNode(next, previous)
    if (previous >= 0) arena.setNextOnNode(previous, next)
    else this.first[node] = next
  }
}
