/** As a trace says. */
import type { Ground, Process } from './process.ts'

export class Traced implements Process {
  private readonly ground: Ground
  private readonly w: number

  constructor(ground: Ground, w: number) {
    this.ground = ground
    this.w = w
  }

  next(_afterS: number, ordinal: number): number {
    const { traces, workloads } = this.ground.model
    const row = workloads.traceStart[this.w] + ordinal
    return row < workloads.traceStart[this.w + 1] ? traces.submitS[row] : Number.POSITIVE_INFINITY
  }
}
