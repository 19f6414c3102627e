/** One after another, times between them drawn. */
import { distributions } from '../distributions.ts'
import { streams } from '../random.ts'
import type { Ground, Process } from './process.ts'

export class Renewal implements Process {
  private readonly ground: Ground
  private readonly w: number

  constructor(ground: Ground, w: number) {
    this.ground = ground
    this.w = w
  }

  next(afterS: number, ordinal: number): number {
    const { ground, w } = this
    const { hash, interval, intervalA, intervalB } = ground.model.workloads
    ground.random.select(streams.arrivals, 0, hash[w], ordinal)
    return afterS + distributions[interval[w]].draw(ground.random, intervalA[w], intervalB[w])
  }
}
