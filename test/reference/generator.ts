/** A small seeded generator for building test cases: mulberry32. Not the engine's, so that the two stay apart. */
export class Generator {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** Uniform on [0, 1). */
  real(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** Whole, from `least` to `most`. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.real() * (most - least + 1))
  }

  chance(p: number): boolean {
    return this.real() < p
  }

  /** One of them; repeat one to make it likelier. */
  pick<T>(values: readonly T[]): T {
    return values[Math.floor(this.real() * values.length)]
  }

  list<T>(least: number, most: number, make: (index: number) => T): T[] {
    return Array.from({ length: this.whole(least, most) }, (_, index) => make(index))
  }
}
