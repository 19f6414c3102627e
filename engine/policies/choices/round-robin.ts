import type { Choice, Pass } from '../policy.ts'

/** The next node that fits after the one taken last, cyclically. */
class RoundRobin implements Choice {
  readonly alike = true
  readonly score = Number.NaN
  private cursor = 0

  choose(pass: Pass, stage: number): number {
    return pass.nextFit(stage, this.cursor)
  }

  placed(node: number): void {
    this.cursor = node + 1
  }
}

export const roundRobin = (): Choice => new RoundRobin()
