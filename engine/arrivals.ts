/** When the next job of which workload arrives: Poisson, renewal and diurnal processes and traces, merged. */
import { distributions } from './distributions.ts'
import type { Model } from './model.ts'
import { type Random, streams } from './random.ts'

export const arrivalKind = { poisson: 0, trace: 1, renewal: 2, diurnal: 3 } as const

export class Arrivals {
  /** Infinity when no job will come. */
  topTime = Number.POSITIVE_INFINITY
  /** Workload of the next job, the first in order among equals. */
  topWorkload = -1
  private readonly model: Model
  private readonly random: Random
  private readonly nextS: Float64Array
  private readonly ordinal: Float64Array
  /** Candidates of diurnal processes so far. */
  private readonly candidate: Float64Array

  constructor(model: Model, random: Random) {
    this.model = model
    this.random = random
    const { count } = model.workloads
    this.nextS = new Float64Array(count)
    this.ordinal = new Float64Array(count).fill(-1)
    this.candidate = new Float64Array(count)
    for (let w = 0; w < count; w++) {
      this.nextS[w] = model.workloads.fromS[w]
      this.advance(w)
    }
    this.findTop()
  }

  /** Ordinal of the next job of the first workload. */
  get topOrdinal(): number {
    return this.ordinal[this.topWorkload]
  }

  /** Goes on to the job after the next one. */
  pop(): void {
    this.advance(this.topWorkload)
    this.findTop()
  }

  private advance(w: number): void {
    const { workloads, traces } = this.model
    const ordinal = ++this.ordinal[w]
    if (workloads.arrivals[w] === arrivalKind.trace) {
      const row = workloads.traceStart[w] + ordinal
      this.nextS[w] = row < workloads.traceStart[w + 1] ? traces.submitS[row] : Number.POSITIVE_INFINITY
      return
    }
    const next = workloads.arrivals[w] === arrivalKind.diurnal ? this.thinned(w) : this.nextS[w] + this.gap(w, ordinal)
    this.nextS[w] = ordinal < workloads.maxJobs[w] && next < workloads.untilS[w] ? next : Number.POSITIVE_INFINITY
  }

  /** Time between two jobs of a Poisson or renewal process. */
  private gap(w: number, ordinal: number): number {
    const { workloads } = this.model
    this.random.select(streams.arrivals, 0, workloads.hash[w], ordinal)
    if (workloads.arrivals[w] === arrivalKind.poisson)
      return -Math.log(this.random.uniform()) * (1 / workloads.ratePerS[w])
    return distributions[workloads.interval[w]].draw(this.random, workloads.intervalA[w], workloads.intervalB[w])
  }

  /** Thinning (Lewis and Shedler 1979): candidates at the highest rate, each kept with the share of the rate then. */
  private thinned(w: number): number {
    const { workloads } = this.model
    const amplitude = workloads.amplitude[w]
    let time = this.nextS[w]
    while (time < workloads.untilS[w] && time <= this.model.horizonS) {
      this.random.select(streams.arrivals, 0, workloads.hash[w], this.candidate[w]++)
      time += -Math.log(this.random.uniform()) * (1 / (workloads.ratePerS[w] * (1 + amplitude)))
      const wave = Math.cos((2 * Math.PI * (time - workloads.peakS[w])) / workloads.periodS[w])
      if (this.random.uniform() * (1 + amplitude) < 1 + amplitude * wave) return time
    }
    return Number.POSITIVE_INFINITY
  }

  private findTop(): void {
    let top = -1
    let time = Number.POSITIVE_INFINITY
    for (let w = 0; w < this.nextS.length; w++) {
      if (this.nextS[w] >= time) continue
      time = this.nextS[w]
      top = w
    }
    this.topWorkload = top
    this.topTime = time
  }
}
