import type { Choice, Pass } from '../policy.ts'
import { nodesThatFit } from './nodes-that-fit.ts'

/** So many draws from all nodes are tried before those that fit are counted. */
const tries = 32

/**
 * Any of the nodes that fit, all equally likely: draws from all that the stage may use, until one fits. The draws
 * belong to the attempt, so that they do not depend on what else is placed.
 */
class RandomChoice implements Choice {
  readonly score = Number.NaN

  choose(pass: Pass, stage: number): number {
    if (pass.firstFit(stage) < 0) return -1
    const nodes = openNodes(pass, stage)
    for (let i = 0; i < tries; i++) {
      const node = nodeAt(pass, stage, Math.floor(pass.draw(stage, i) * nodes))
      if (pass.fits(stage, node)) return node
    }
    const fitting = nodesThatFit(pass, stage)
    return fitting[Math.floor(pass.draw(stage, tries) * fitting.length)]
  }
}

/** Nodes of the groups that are open to the stage. */
function openNodes(pass: Pass, stage: number): number {
  const { classes, groups } = pass.model
  const stageClass = pass.classOf(stage)
  let count = 0
  for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
    const group = classes.groups[i]
    if (pass.open(group)) count += groups.nodeStart[group + 1] - groups.nodeStart[group]
  }
  return count
}

/** The so-many-eth of these. */
function nodeAt(pass: Pass, stage: number, index: number): number {
  const { classes, groups } = pass.model
  const stageClass = pass.classOf(stage)
  let left = index
  for (let i = classes.groupStart[stageClass]; ; i++) {
    const group = classes.groups[i]
    if (!pass.open(group)) continue
    const size = groups.nodeStart[group + 1] - groups.nodeStart[group]
    if (left < size) return groups.nodeStart[group] + left
    left -= size
  }
}

export const random = (): Choice => new RandomChoice()
