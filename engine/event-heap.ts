/**
 * A binary heap of calendar entries over typed columns, ordered by (time, kind, entity). An entry is a time, a code
 * (entity · 16 + kind) and a generation.
 */
import { doubled } from './doubled.ts'

/** A code is an entity and, in its last bits, a kind. */
export const kindBits = 4
export const kindMask = 15

export class EventHeap {
  /** Time of the first entry; Infinity when there is none. */
  topTime = Number.POSITIVE_INFINITY
  /** Time of the entry to be pushed: see `clock.ts` for why it is no argument. */
  readonly pushTime: Float64Array
  private times = new Float64Array(256)
  /** Code and generation of entry i at 2 i and 2 i + 1: one cache line for both. */
  private entries = new Int32Array(512)
  size = 0

  constructor(pushTime: Float64Array) {
    this.pushTime = pushTime
  }

  get topCode(): number {
    return this.entries[0]
  }

  get topGeneration(): number {
    return this.entries[1]
  }

  push(code: number, generation: number): void {
    const time = this.pushTime[0]
    if (this.size === this.times.length) this.grow()
    const times = this.times
    const entries = this.entries
    // A hole rises from the end until its parent is not later; nothing is swapped.
    let hole = this.size++
    while (hole > 0) {
      const parent = (hole - 1) >> 1
      const parentTime = times[parent]
      if (parentTime < time || (parentTime === time && !before(code, entries[2 * parent]))) break
      times[hole] = parentTime
      entries[2 * hole] = entries[2 * parent]
      entries[2 * hole + 1] = entries[2 * parent + 1]
      hole = parent
    }
    times[hole] = time
    entries[2 * hole] = code
    entries[2 * hole + 1] = generation
    this.topTime = times[0]
  }

  /** Removes the first entry. */
  pop(): void {
    const size = --this.size
    const times = this.times
    const entries = this.entries
    if (size === 0) {
      this.topTime = Number.POSITIVE_INFINITY
      return
    }
    const time = times[size]
    const code = entries[2 * size]
    // The hole sinks from the top along the earlier child until the last entry fits.
    let hole = 0
    for (let child = 1; child < size; child = 2 * hole + 1) {
      const right = child + 1
      if (
        right < size &&
        (times[right] < times[child] ||
          (times[right] === times[child] && before(entries[2 * right], entries[2 * child])))
      )
        child = right
      const childTime = times[child]
      if (childTime > time || (childTime === time && !before(entries[2 * child], code))) break
      times[hole] = childTime
      entries[2 * hole] = entries[2 * child]
      entries[2 * hole + 1] = entries[2 * child + 1]
      hole = child
    }
    times[hole] = time
    entries[2 * hole] = code
    entries[2 * hole + 1] = entries[2 * size + 1]
    this.topTime = times[0]
  }

  private grow(): void {
    this.times = doubled(this.times)
    this.entries = doubled(this.entries)
  }
}

/** Order of two codes at one time: kind, then entity. */
const before = (a: number, b: number): boolean =>
  (a & kindMask) !== (b & kindMask) ? (a & kindMask) < (b & kindMask) : a < b
