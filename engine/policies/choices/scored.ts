import type { Choice, Pass, Scorer, Tell } from '../policy.ts'

/** Nodes of each cluster that are told of where a placement is explained. */
const toldOfEach = 3

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

  /** The best few of each cluster. */
  explain(pass: Pass, stage: number, tell: Tell): void {
    const { scorer } = this
    const { clusters, nodeGroup } = pass.model
    const stageClass = pass.classOf(stage)
    for (let cluster = 0; cluster < clusters.count; cluster++)
      for (const node of pass.ranked(stage, scorer, cluster, toldOfEach))
        if (pass.open(nodeGroup[node]))
          tell(node, -scorer.score(pass, stageClass, node), scorer.terms?.(pass, stageClass, node) ?? {})
  }
}
