import type { Choice, Pass, Policy } from '../../engine/index.ts'

const firstFit: Choice = { score: Number.NaN, choose: (pass, stage) => pass.firstFit(stage) }

/**
 * First come, first served, with room for `room` ≥ 1 jobs to wait: what comes when it is full is rejected. For jobs of one
 * stage that are alike. The language has no such policy; it shows what the policy interface is for.
 */
export class FiniteRoom implements Policy {
  readonly order = { key: (pass: Pass, stage: number): number => this.enter(pass.submitTimeOf(stage)) }
  private readonly room: number
  private waiting = 0
  /** Jobs that came when the room was full: they are the first in the queue, to be turned away. */
  private surplus = 0

  constructor(room: number) {
    this.room = room
  }

  decide(pass: Pass): void {
    for (; this.surplus > 0; this.surplus--) pass.reject(pass.head())
    for (let stage = pass.head(); stage >= 0; stage = pass.head()) {
      if (!pass.place(stage, firstFit) && pass.hold()) return
      this.waiting--
    }
  }

  /** The key of a job that comes now: before all others where there is no room for it. */
  private enter(submitS: number): number {
    if (this.waiting < this.room) {
      this.waiting++
      return submitS
    }
    this.surplus++
    return -1
  }
}
