/**
 * Which nodes have changed, and how many tasks of which kind they have: for those who rank nodes by a score, from when
 * they first ask. Nothing of it is kept where nobody does.
 */

/** Tasks on each node by kind: of kind k on node n at [n · kinds + k]. */
export interface Tally {
  /** Kind of each class; −1: not counted. */
  readonly kindOf: Int32Array
  readonly kinds: number
  readonly count: Int32Array
}

export class NodeWatch {
  /** How often anything was taken, given back, or became ready or not, on any node. */
  changes = 0
  /** The nodes of the latest of these, a ring. */
  private readonly ring: Int32Array
  /** Number of the latest change of each node. */
  private readonly latest: Float64Array
  private readonly tallies: Tally[] = []

  constructor(nodes: number) {
    this.ring = new Int32Array(Math.max(256, nodes))
    this.latest = new Float64Array(nodes)
  }

  note(node: number): void {
    this.ring[this.changes % this.ring.length] = node
    this.latest[node] = this.changes++
  }

  /** Tasks were taken (or given back: negative) for a class. */
  count(node: number, stageClass: number, tasks: number): void {
    for (const { count, kindOf, kinds } of this.tallies) {
      const kind = kindOf[stageClass]
      if (kind >= 0) count[node * kinds + kind] += tasks
    }
  }

  addTally(kindOf: Int32Array, kinds: number): Tally {
    const tally = { kindOf, kinds, count: new Int32Array(this.latest.length * kinds) }
    this.tallies.push(tally)
    return tally
  }

  /** Whether all nodes changed since a number of changes are still known. */
  reaches(since: number): boolean {
    return this.changes - since <= this.ring.length
  }

  /** The node of a change, unless it changed again later: then −1. */
  nodeOf(change: number): number {
    const node = this.ring[change % this.ring.length]
    return this.latest[node] === change ? node : -1
  }
}
