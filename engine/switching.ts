/** Nodes that are switched off and on again, and since when each that is on has had nothing placed on it. */
import type { Model } from './model.ts'

/** What a node does; what it draws and how long it stays so follows from it. */
export const powerState = { on: 0, stopping: 1, off: 2, booting: 3 } as const

/** Their names, in that order. */
export const powerStates = Object.keys(powerState) as readonly (keyof typeof powerState)[]

export class Switching {
  /** See `powerState`. */
  readonly state: Uint8Array
  /** A timer of a node with another generation is stale; the last one is that of `askAt`. */
  readonly generation: Int32Array
  /** When the policy wants to be asked at the latest; Infinity: not before anything happens. */
  readonly askS = new Float64Array([Number.POSITIVE_INFINITY])
  /** Of each cluster, nodes that are on or booting, as far as is known. */
  readonly on: Int32Array
  /** Something happened after which other nodes may have to be on. */
  private isDue = true
  private readonly model: Model
  /** Entries of attempts on each node. */
  private readonly entries: Int32Array
  /** Idle nodes of each cluster as a list, by (since when, the highest first). */
  private readonly first: Int32Array
  private readonly last: Int32Array
  private readonly next: Int32Array
  private readonly previous: Int32Array
  private readonly since: Float64Array
  private readonly listed: Uint8Array
  /** No node of the group before this one is off. */
  private readonly lowestOff: Int32Array

  constructor(model: Model) {
    const nodes = model.nodeGroup.length
    const { count, nodeStart } = model.clusters
    this.model = model
    this.state = new Uint8Array(nodes)
    this.generation = new Int32Array(nodes + 1)
    this.entries = new Int32Array(nodes)
    this.on = Int32Array.from({ length: count }, (_, c) => nodeStart[c + 1] - nodeStart[c])
    this.first = new Int32Array(count).fill(-1)
    this.last = new Int32Array(count).fill(-1)
    this.next = new Int32Array(nodes)
    this.previous = new Int32Array(nodes)
    this.since = new Float64Array(nodes)
    this.listed = new Uint8Array(nodes)
    this.lowestOff = model.groups.nodeStart.slice(1)
    for (let node = nodes - 1; node >= 0; node--) this.list(node, 0)
  }

  /** The policy should be asked in this round. */
  notice(): void {
    this.isDue = true
  }

  /** Whether it should; from now on it has been. */
  takeDue(): boolean {
    const { isDue } = this
    this.isDue = false
    return isDue
  }

  isOn(node: number): boolean {
    return this.state[node] === powerState.on
  }

  isIdle(node: number): boolean {
    return this.listed[node] === 1
  }

  /** An attempt has tasks there. */
  taken(node: number): void {
    if (this.entries[node]++ === 0) this.unlist(node)
  }

  /** It has no longer. A node that is not there for policies is not idle. */
  released(node: number, now: number, ready: boolean): void {
    if (--this.entries[node] > 0 || !ready) return
    this.list(node, now)
    this.isDue = true
  }

  /** A node is there again. */
  returned(node: number, now: number): void {
    if (this.entries[node] === 0 && this.listed[node] === 0) this.list(node, now)
    this.isDue = true
  }

  /** Of a cluster the node that has been idle for longest; −1. */
  longestIdle(cluster: number): number {
    return this.first[cluster]
  }

  /** The one that has been so next longest; −1. */
  nextIdle(node: number): number {
    return this.next[node]
  }

  idleSince(node: number): number {
    return this.since[node]
  }

  setState(node: number, state: number): void {
    this.state[node] = state
    this.generation[node]++
    if (state !== powerState.off) return
    const group = this.model.nodeGroup[node]
    this.lowestOff[group] = Math.min(this.lowestOff[group], node)
  }

  /** The lowest node of a group at or after one that is off; −1. */
  nextOff(group: number, from: number): number {
    const { nodeStart } = this.model.groups
    const lowest = this.lowestOff[group]
    let node = Math.max(from, lowest)
    while (node < nodeStart[group + 1] && this.state[node] !== powerState.off) node++
    if (from <= lowest) this.lowestOff[group] = node
    return node < nodeStart[group + 1] ? node : -1
  }

  private list(node: number, now: number): void {
    const cluster = this.model.nodeCluster[node]
    let before = this.last[cluster]
    while (before >= 0 && this.since[before] === now && before < node) before = this.previous[before]
    const after = before < 0 ? this.first[cluster] : this.next[before]
    this.since[node] = now
    this.listed[node] = 1
    this.join(cluster, before, node)
    this.join(cluster, node, after)
  }

  unlist(node: number): void {
    if (this.listed[node] === 0) return
    this.listed[node] = 0
    this.join(this.model.nodeCluster[node], this.previous[node], this.next[node])
  }

  private join(cluster: number, before: number, after: number): void {
    if (before >= 0) this.next[before] = after
    else this.first[cluster] = after
    if (after >= 0) this.previous[after] = before
    else this.last[cluster] = before
  }
}
