/** When the next job of which workload arrives: processes and traces, merged. */
import type { Model } from '../model.ts'
import type { Random } from '../random.ts'
import { Closed } from './closed.ts'
import { Diurnal } from './diurnal.ts'
import { Mmpp } from './mmpp.ts'
import { Poisson } from './poisson.ts'
import type { Ground, Process } from './process.ts'
import { Renewal } from './renewal.ts'
import { Traced } from './traced.ts'

export const arrivalKind = { poisson: 0, trace: 1, renewal: 2, diurnal: 3, mmpp: 4, closed: 5 } as const

/** By their kind. */
const processes: readonly (new (ground: Ground, w: number) => Process)[] = [
  Poisson,
  Traced,
  Renewal,
  Diurnal,
  Mmpp,
  Closed,
]

export class Arrivals {
  /** Infinity when no job will come, as far as that is known. */
  topTime = Number.POSITIVE_INFINITY
  /** Workload of the next job, the first in order among equals. */
  topWorkload = -1
  private readonly model: Model
  private readonly processes: readonly Process[]
  private readonly nextS: Float64Array
  private readonly ordinal: Float64Array

  constructor(model: Model, random: Random) {
    this.model = model
    const { arrivals, count, fromS } = model.workloads
    this.processes = Array.from(arrivals, (kind, w) => new processes[kind]({ model, random }, w))
    this.nextS = Float64Array.from(fromS)
    this.ordinal = new Float64Array(count).fill(-1)
    for (let w = 0; w < count; w++) this.advance(w)
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

  /** A job has left; whoever waited for it is free again at `atS`. */
  left(w: number, ordinal: number, atS: number): void {
    const process = this.processes[w]
    if (process.left === undefined) return
    process.left(ordinal, atS)
    this.expect(w, process.nextS as number)
    this.findTop()
  }

  private advance(w: number): void {
    this.expect(w, this.processes[w].next(this.nextS[w], ++this.ordinal[w]))
  }

  /** The next job of a workload, if it may come at all. */
  private expect(w: number, nextS: number): void {
    const { maxJobs, untilS } = this.model.workloads
    this.nextS[w] = this.ordinal[w] < maxJobs[w] && nextS < untilS[w] ? nextS : Number.POSITIVE_INFINITY
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
