/**
 * The node with the highest score, for scores that depend on the class of a stage and its node alone: a tree of
 * maxima over all nodes for each class that was asked for. Only nodes that changed since are scored anew, so that a
 * decision costs what changed times the logarithm of the nodes.
 */
import type { Capacity } from './capacity.ts'
import type { Model } from './model.ts'
import type { NodeWatch } from './node-watch.ts'

/** Of a node on which a task of the class fits; never NaN. */
export type NodeScore = (stageClass: number, node: number) => number

interface Tree {
  /** Highest score below each tree node; leaves from `leaves` on; −Infinity where no task fits. */
  readonly highest: Float64Array
  /** Changes that it has seen. */
  seen: number
}

export class ScoreTrees {
  private readonly model: Model
  private readonly capacity: Capacity
  private readonly watch: NodeWatch
  private readonly leaves: number
  private readonly trees = new Map<number, Tree>()

  constructor(model: Model, capacity: Capacity) {
    this.model = model
    this.capacity = capacity
    this.watch = capacity.watched()
    let leaves = 1
    while (leaves < model.nodeGroup.length) leaves *= 2
    this.leaves = leaves
  }

  /** Whether it is this capacity that is followed, and a tree for each class would not take too much memory. */
  follows(capacity: Capacity): boolean {
    return capacity === this.capacity && this.model.classes.count * this.leaves <= mostLeaves
  }

  /** The node of the highest score, lowest index among equals, of those for which the cluster is open; −1. */
  best(stageClass: number, score: NodeScore, isOpen: ((cluster: number) => boolean) | null): number {
    const { highest } = this.upToDate(stageClass, score)
    if (isOpen === null) return highest[1] === Number.NEGATIVE_INFINITY ? -1 : this.leftmost(highest, 1)
    const { nodeStart, count } = this.model.clusters
    let best = -1
    let most = Number.NEGATIVE_INFINITY
    for (let cluster = 0; cluster < count; cluster++) {
      if (!isOpen(cluster)) continue
      const node = this.bestOf(highest, nodeStart[cluster], nodeStart[cluster + 1])
      const value = node < 0 ? Number.NEGATIVE_INFINITY : highest[this.leaves + node]
      if (value > most) {
        best = node
        most = value
      }
    }
    return best
  }

  /** The same, of the groups that are open; their nodes lie in order. */
  bestOfGroups(stageClass: number, score: NodeScore, isOpen: (group: number) => boolean): number {
    const { highest } = this.upToDate(stageClass, score)
    const { classes, groups } = this.model
    let best = -1
    let most = Number.NEGATIVE_INFINITY
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (!isOpen(group)) continue
      const node = this.bestOf(highest, groups.nodeStart[group], groups.nodeStart[group + 1])
      if (node < 0 || highest[this.leaves + node] <= most) continue
      best = node
      most = highest[this.leaves + node]
    }
    return best
  }

  /** Up to `count` nodes of a cluster on which a task fits: highest score first, lower index among equals. */
  ranked(stageClass: number, score: NodeScore, cluster: number, count: number): number[] {
    const { highest } = this.upToDate(stageClass, score)
    const { nodeStart } = this.model.clusters
    const open = this.capacity.neighbours?.bindsGroups(stageClass)
      ? this.coverOf(stageClass, cluster)
      : this.cover(nodeStart[cluster], nodeStart[cluster + 1])
    const nodes: number[] = []
    while (nodes.length < count) {
      this.capacity.visits++
      let first = -1
      for (const [at, i] of open.entries()) if (first < 0 || this.isBefore(highest, i, open[first])) first = at
      if (first < 0 || highest[open[first]] === Number.NEGATIVE_INFINITY) break
      const i = open[first]
      if (i >= this.leaves) {
        nodes.push(i - this.leaves)
        open[first] = open[open.length - 1]
        open.pop()
      } else {
        open[first] = 2 * i
        open.push(2 * i + 1)
      }
    }
    return nodes
  }

  /** Whether the best below tree node i comes before that below j. */
  private isBefore(highest: Float64Array, i: number, j: number): boolean {
    return highest[i] > highest[j] || (highest[i] === highest[j] && this.firstLeaf(i) < this.firstLeaf(j))
  }

  private firstLeaf(i: number): number {
    while (i < this.leaves) i *= 2
    return i
  }

  /** Tree nodes that together have the leaves of nodes from … to − 1. */
  private cover(from: number, to: number): number[] {
    const cover: number[] = []
    for (let low = this.leaves + from, high = this.leaves + to; low < high; low >>= 1, high >>= 1) {
      if ((low & 1) === 1) cover.push(low++)
      if ((high & 1) === 1) cover.push(--high)
    }
    return cover
  }

  /** Those of the groups of a cluster into which tasks of a class are let. */
  private coverOf(stageClass: number, cluster: number): number[] {
    const { groups } = this.model
    const cover: number[] = []
    for (let group = 0; group < groups.count; group++)
      if (groups.cluster[group] === cluster && this.capacity.admitsGroup(group, stageClass))
        cover.push(...this.cover(groups.nodeStart[group], groups.nodeStart[group + 1]))
    return cover
  }

  private upToDate(stageClass: number, score: NodeScore): Tree {
    const { watch } = this
    let tree = this.trees.get(stageClass)
    if (tree === undefined || !watch.reaches(tree.seen)) {
      tree = { highest: new Float64Array(2 * this.leaves).fill(Number.NEGATIVE_INFINITY), seen: watch.changes }
      this.trees.set(stageClass, tree)
      this.fill(tree.highest, stageClass, score)
    }
    for (; tree.seen < watch.changes; tree.seen++) {
      const node = watch.nodeOf(tree.seen)
      if (node >= 0) this.refresh(tree.highest, node, this.scoreOf(stageClass, node, score))
    }
    return tree
  }

  private scoreOf(stageClass: number, node: number, score: NodeScore): number {
    const { classes, groups, nodeGroup } = this.model
    this.capacity.visits++
    if (classes.factor[stageClass * groups.count + nodeGroup[node]] === 0) return Number.NEGATIVE_INFINITY
    return this.capacity.fitsApart(node, stageClass) ? score(stageClass, node) : Number.NEGATIVE_INFINITY
  }

  private fill(highest: Float64Array, stageClass: number, score: NodeScore): void {
    for (let node = 0; node < this.model.nodeGroup.length; node++)
      highest[this.leaves + node] = this.scoreOf(stageClass, node, score)
    for (let i = this.leaves - 1; i >= 1; i--) highest[i] = Math.max(highest[2 * i], highest[2 * i + 1])
  }

  private refresh(highest: Float64Array, node: number, value: number): void {
    let i = this.leaves + node
    highest[i] = value
    for (i >>= 1; i >= 1; i >>= 1) {
      const most = Math.max(highest[2 * i], highest[2 * i + 1])
      if (highest[i] === most) break
      highest[i] = most
    }
  }

  /** The first leaf below tree node i that has its value. */
  private leftmost(highest: Float64Array, i: number): number {
    while (i < this.leaves) {
      this.capacity.visits++
      i = highest[2 * i] === highest[i] ? 2 * i : 2 * i + 1
    }
    return i - this.leaves
  }

  /** The best of nodes from … to − 1; −1. */
  private bestOf(highest: Float64Array, from: number, to: number): number {
    let best = -1
    let most = Number.NEGATIVE_INFINITY
    for (const i of this.cover(from, to)) {
      if (highest[i] < most || highest[i] === Number.NEGATIVE_INFINITY) continue
      const node = this.leftmost(highest, i)
      if (highest[i] === most && node > best) continue
      best = node
      most = highest[i]
    }
    return best
  }
}

/** Of all classes together: 128 MB. */
const mostLeaves = 8_000_000
