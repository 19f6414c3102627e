/** When the next job of which workload arrives: Poisson processes and traces, merged. */
import type { Model } from './model.ts'
import { type Random, streams } from './random.ts'

export class Arrivals {
  /** Infinity when no job will come. */
  topTime = Number.POSITIVE_INFINITY
  /** Workload of the next job, the first in order among equals; and its ordinal. */
  topWorkload = -1
  private readonly model: Model
  private readonly random: Random
  private readonly nextS: Float64Array
  private readonly ordinal: Float64Array

  constructor(model: Model, random: Random) {
    this.model = model
    this.random = random
    const count = model.workloads.count
    this.nextS = new Float64Array(count)
    this.ordinal = new Float64Array(count).fill(-1)
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
    if (workloads.arrivals[w] === 1) {
      const row = workloads.traceStart[w] + ordinal
      this.nextS[w] = row < workloads.traceStart[w + 1] ? traces.submitS[row] : Number.POSITIVE_INFINITY
      return
    }
    this.random.select(streams.arrivals, 0, workloads.hash[w], ordinal)
    const next = this.nextS[w] - Math.log(this.random.uniform()) * (1 / workloads.ratePerS[w])
    this.nextS[w] = ordinal < workloads.maxJobs[w] && next < workloads.untilS[w] ? next : Number.POSITIVE_INFINITY
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
