import type { StageOrder } from './waiting.ts'

/**
 * Ordered sets of slots (treaps, one a tree number) that also know the least weight below each node, so that the next
 * slot after a given one whose weight is small enough is found in logarithmic time. A slot is in one tree at most.
 */
export class Forest {
  /** Nodes looked at. */
  visits = 0
  private readonly roots: Int32Array
  /** Of node i: key, weight and least weight below at 4 i; left and right child at 8 i + 6 of the same memory. */
  private floats = new Float64Array(4 * 64)
  private links = new Int32Array(this.floats.buffer)
  /** Order of slots of equal keys, or of all where keys are not `trusted`. */
  private readonly tie: StageOrder
  private readonly trusted: boolean
  private readonly path: number[] = []
  private low = -1
  private high = -1

  constructor(trees: number, tie: StageOrder, trusted = true) {
    this.roots = new Int32Array(trees).fill(-1)
    this.tie = tie
    this.trusted = trusted
  }

  keyOf(slot: number): number {
    return this.floats[4 * slot]
  }

  /** Forgets all slots. */
  clear(): void {
    this.roots.fill(-1)
  }

  insert(tree: number, slot: number, key: number, weight: number): void {
    while (8 * slot + 8 > this.links.length) this.grow()
    const { floats, links } = this
    floats[4 * slot] = key
    floats[4 * slot + 1] = weight
    const rank = rankOf(slot)
    let parent = -1
    let side = 0
    let at = this.roots[tree]
    while (at >= 0 && rankOf(at) >= rank) {
      this.visits++
      if (floats[4 * at + 2] > weight) floats[4 * at + 2] = weight
      parent = at
      side = this.less(slot, at) ? 6 : 7
      at = links[8 * at + side]
    }
    this.split(at, slot)
    links[8 * slot + 6] = this.low
    links[8 * slot + 7] = this.high
    this.refresh(slot)
    if (parent < 0) this.roots[tree] = slot
    else links[8 * parent + side] = slot
  }

  remove(tree: number, slot: number): void {
    const { links, path } = this
    let depth = 0
    let side = 0
    let at = this.roots[tree]
    while (at !== slot) {
      this.visits++
      path[depth++] = at
      side = this.less(slot, at) ? 6 : 7
      at = links[8 * at + side]
    }
    const merged = this.merge(links[8 * slot + 6], links[8 * slot + 7])
    if (depth === 0) this.roots[tree] = merged
    else links[8 * path[depth - 1] + side] = merged
    while (depth > 0 && this.refresh(path[--depth])) {}
  }

  /** The first slot of a tree; −1. */
  first(tree: number): number {
    const { links } = this
    let at = this.roots[tree]
    while (at >= 0 && links[8 * at + 6] >= 0) at = links[8 * at + 6]
    return at
  }

  /** The first slot after `after` (−1: of all) whose weight is at most `limit`; −1. */
  next(tree: number, after: number, limit = Number.POSITIVE_INFINITY): number {
    return this.search(this.roots[tree], after, limit)
  }

  /** The first slot with a key above `key`; −1. */
  above(tree: number, key: number): number {
    const { floats, links } = this
    let best = -1
    for (let at = this.roots[tree]; at >= 0; ) {
      this.visits++
      if (floats[4 * at] > key) {
        best = at
        at = links[8 * at + 6]
      } else at = links[8 * at + 7]
    }
    return best
  }

  /** Order of two slots that are, or were last, in one tree. */
  less(a: number, b: number): boolean {
    if (this.trusted) {
      const keyA = this.floats[4 * a]
      const keyB = this.floats[4 * b]
      if (keyA !== keyB) return keyA < keyB
    }
    return this.tie.before(a, b)
  }

  private search(at: number, after: number, limit: number): number {
    const { floats, links } = this
    if (at < 0 || floats[4 * at + 2] > limit) return -1
    this.visits++
    if (after >= 0 && !this.less(after, at)) return this.search(links[8 * at + 7], after, limit)
    const before = this.search(links[8 * at + 6], after, limit)
    if (before >= 0) return before
    return floats[4 * at + 1] <= limit ? at : this.search(links[8 * at + 7], -1, limit)
  }

  /** Splits the nodes below `at` into those before and after a slot: `low` and `high`. */
  private split(at: number, slot: number): void {
    if (at < 0) {
      this.low = -1
      this.high = -1
      return
    }
    this.visits++
    const { links } = this
    if (this.less(at, slot)) {
      this.split(links[8 * at + 7], slot)
      links[8 * at + 7] = this.low
      this.low = at
    } else {
      this.split(links[8 * at + 6], slot)
      links[8 * at + 6] = this.high
      this.high = at
    }
    this.refresh(at)
  }

  private merge(a: number, b: number): number {
    if (a < 0) return b
    if (b < 0) return a
    this.visits++
    const { links } = this
    if (rankOf(a) >= rankOf(b)) {
      links[8 * a + 7] = this.merge(links[8 * a + 7], b)
      this.refresh(a)
      return a
    }
    links[8 * b + 6] = this.merge(a, links[8 * b + 6])
    this.refresh(b)
    return b
  }

  /** Writes the least weight below a node; whether it is another than before. */
  private refresh(at: number): boolean {
    const { floats, links } = this
    const left = links[8 * at + 6]
    const right = links[8 * at + 7]
    let least = floats[4 * at + 1]
    if (left >= 0 && floats[4 * left + 2] < least) least = floats[4 * left + 2]
    if (right >= 0 && floats[4 * right + 2] < least) least = floats[4 * right + 2]
    if (floats[4 * at + 2] === least) return false
    floats[4 * at + 2] = least
    return true
  }

  private grow(): void {
    const larger = new Float64Array(2 * this.floats.length)
    // Children are integers in the same memory: copied as bits, for numbers that look like NaN are not kept as they are.
    new Int32Array(larger.buffer).set(this.links)
    this.floats = larger
    this.links = new Int32Array(larger.buffer)
  }
}

/** Height of a slot in its treap: as good as random, and no memory. */
function rankOf(slot: number): number {
  let x = Math.imul(slot + 1, 0x9e3779b1)
  x = Math.imul(x ^ (x >>> 15), 0x85ebca77)
  return (x ^ (x >>> 13)) | 0
}
