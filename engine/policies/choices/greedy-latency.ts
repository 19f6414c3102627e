import type { Choice, Pass, Tell } from '../policy.ts'
import { openGroups } from './open-groups.ts'

/**
 * The node from which the answer is back at the origin soonest: way out (of request and data) + start-up +
 * estimate / speed + way back (of the output), over the nodes that fit now. Nodes of a group are alike, so groups are compared and the first fit in the best wins.
 */
class GreedyLatency implements Choice {
  /** Seconds. */
  score = Number.NaN

  choose(pass: Pass, stage: number): number {
    const { classes, groups } = pass.model
    const stageClass = pass.classOf(stage)
    let best = -1
    let bestCost = Number.POSITIVE_INFINITY
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (!pass.open(group)) continue
      const cluster = groups.cluster[group]
      const out = pass.wayOut(stage, cluster)
      const back = pass.wayBack(stage, cluster)
      const cost = out + groups.startupS[group] + pass.runTimeOn(stage, group) + back
      if (cost >= bestCost) continue
      const node = pass.firstFitIn(stage, group)
      if (node < 0) continue
      best = node
      bestCost = cost
    }
    this.score = best < 0 ? Number.NaN : bestCost
    return best
  }

  explain(pass: Pass, stage: number, tell: Tell): void {
    for (const { group, cluster, node } of openGroups(pass, stage)) {
      const wayOutS = pass.wayOut(stage, cluster)
      const startupS = pass.model.groups.startupS[group]
      const workS = pass.runTimeOn(stage, group)
      const wayBackS = pass.wayBack(stage, cluster)
      tell(node, wayOutS + startupS + workS + wayBackS, { wayOutS, startupS, workS, wayBackS })
    }
  }
}

export const greedyLatency = (): Choice => new GreedyLatency()
