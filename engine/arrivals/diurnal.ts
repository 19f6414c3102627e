/** At random with a rate that swings: thinning (Lewis and Shedler 1979). */
import { streams } from '../random.ts'
import type { Ground, Process } from './process.ts'

export class Diurnal implements Process {
  private readonly ground: Ground
  private readonly w: number
  /** Candidates so far: not every one becomes a job. */
  private candidates = 0

  constructor(ground: Ground, w: number) {
    this.ground = ground
    this.w = w
  }

  /** Candidates come at the highest rate, each is kept with the share of the rate then. */
  next(afterS: number): number {
    const { ground, w } = this
    const { horizonS, workloads } = ground.model
    const amplitude = workloads.amplitude[w]
    let time = afterS
    while (time < workloads.untilS[w] && time <= horizonS) {
      ground.random.select(streams.arrivals, 0, workloads.hash[w], this.candidates++)
      time += -Math.log(ground.random.uniform()) * (1 / (workloads.ratePerS[w] * (1 + amplitude)))
      const wave = Math.cos((2 * Math.PI * (time - workloads.peakS[w])) / workloads.periodS[w])
      if (ground.random.uniform() * (1 + amplitude) < 1 + amplitude * wave) return time
    }
    return Number.POSITIVE_INFINITY
  }
}
