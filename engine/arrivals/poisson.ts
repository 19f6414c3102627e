/** At random with a rate. */
import { streams } from '../random.ts'
import type { Ground, Process } from './process.ts'

export class Poisson implements Process {
  private readonly ground: Ground
  private readonly w: number

  constructor(ground: Ground, w: number) {
    this.ground = ground
    this.w = w
  }

  next(afterS: number, ordinal: number): number {
    const { model, random } = this.ground
    const { hash, ratePerS } = model.workloads
    random.select(streams.arrivals, 0, hash[this.w], ordinal)
    return afterS - Math.log(random.uniform()) * (1 / ratePerS[this.w])
  }
}
