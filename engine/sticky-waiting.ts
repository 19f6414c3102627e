/** The waiting set of RLScheduler: who is chosen stays chosen while it blocks, and those behind it come by submission. */
import { OrderedWaiting } from './ordered-waiting.ts'

export class StickyWaiting extends OrderedWaiting {
  private chosen = -1
  /** Candidates of the round, the last one first. */
  private candidates: number[] = []

  override get head(): number {
    if (this.chosen < 0) this.chosen = super.head
    return this.chosen
  }

  override removeAny(stage: number): void {
    super.removeAny(stage)
    if (stage === this.chosen) this.chosen = -1
  }

  override startRound(...round: Parameters<OrderedWaiting['startRound']>): void {
    super.startRound(...round)
    this.candidates = this.all().filter(stage => stage !== this.reserved)
    this.candidates.sort((a, b) => this.submitted(b) - this.submitted(a) || (this.order.before(a, b) ? 1 : -1))
  }

  private submitted(stage: number): number {
    return this.arena.submitS(stage)
  }

  override candidate(): number {
    let stage = this.candidates.pop() ?? -1
    while (stage >= 0 && this.isFull(stage)) stage = this.candidates.pop() ?? -1
    return stage
  }
}
