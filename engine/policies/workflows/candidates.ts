import type { Pass } from '../policy.ts'
import type { Timelines } from './timelines.ts'

/**
 * Nodes that a plan has to look at, ascending: those of which something is planned or taken, and of each group, whose
 * nodes are alike, the first of the others, on which the stage fits if there is one (somebody else may hold some of it).
 */
export function candidates(pass: Pass, stage: number, { busy }: Timelines): number[] {
  const { nodeStart, count } = pass.model.groups
  const nodes = [...busy.keys()].filter(node => pass.ready(node))
  for (let group = 0; group < count; group++) {
    let first = -1
    for (let node = nodeStart[group]; node < nodeStart[group + 1]; node++) {
      if (busy.has(node) || !pass.ready(node)) continue
      const fits = pass.fits(stage, node)
      if (first < 0 || fits) first = node
      if (fits || pass.model.classes.factor[pass.classOf(stage) * count + group] === 0) break
    }
    if (first >= 0) nodes.push(first)
  }
  return nodes.sort((a, b) => a - b)
}
