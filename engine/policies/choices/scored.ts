import type { Choice, Pass, Scorer } from '../policy.ts'

/** The node with the highest score. */
export class Scored implements Choice {
  readonly alike = true
  /** Minus the score of the node that was chosen. */
  score = Number.NaN
  private readonly scorer: Scorer

  constructor(scorer: Scorer) {
    this.scorer = scorer
  }

  choose(pass: Pass, stage: number): number {
    const node = pass.highest(stage, this.scorer)
    this.score = node < 0 ? Number.NaN : -this.scorer.score(pass, pass.classOf(stage), node)
    return node
  }
}
