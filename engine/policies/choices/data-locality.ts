import type { Choice, Pass, Tell } from '../policy.ts'
import { openGroups } from './open-groups.ts'

/**
 * The node to which the fewest bytes must be moved; among equals that where the stage would be over first: way out +
 * start-up + estimate / speed. Nodes of a group are alike, so groups are compared and the first fit in the best wins.
 */
class DataLocality implements Choice {
  /** Bytes. */
  score = Number.NaN

  choose(pass: Pass, stage: number): number {
    const { classes, groups } = pass.model
    const stageClass = pass.classOf(stage)
    let best = -1
    let fewest = Number.POSITIVE_INFINITY
    let earliest = Number.POSITIVE_INFINITY
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (!pass.open(group)) continue
      const cluster = groups.cluster[group]
      const bytes = pass.bytesTo(stage, cluster)
      const over = pass.wayOut(stage, cluster) + groups.startupS[group] + pass.runTimeOn(stage, group)
      if (bytes > fewest || (bytes === fewest && over >= earliest)) continue
      const node = pass.firstFitIn(stage, group)
      if (node < 0) continue
      best = node
      fewest = bytes
      earliest = over
    }
    this.score = best < 0 ? Number.NaN : fewest
    return best
  }

  explain(pass: Pass, stage: number, tell: Tell): void {
    for (const { group, cluster, node } of openGroups(pass, stage)) {
      const overS = pass.wayOut(stage, cluster) + pass.model.groups.startupS[group] + pass.runTimeOn(stage, group)
      const movedBytes = pass.bytesTo(stage, cluster)
      tell(node, movedBytes, { movedBytes, overS })
    }
  }
}

export const dataLocality = (): Choice => new DataLocality()
