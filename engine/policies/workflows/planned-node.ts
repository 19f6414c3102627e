import type { Choice, Pass } from '../policy.ts'

/** The node that is planned; of a gang that does not fit there alone, the cluster. */
export class PlannedNode implements Choice {
  readonly score = Number.NaN
  node = -1

  choose(pass: Pass, stage: number): number {
    if (pass.fits(stage, this.node)) return this.node
    const { classes, groups, nodeCluster } = pass.model
    const stageClass = pass.classOf(stage)
    if (classes.tasks[stageClass] === 1) return -1
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (groups.cluster[group] !== nodeCluster[this.node] || !pass.open(group)) continue
      const node = pass.firstFitIn(stage, group)
      if (node >= 0) return node
    }
    return -1
  }
}
