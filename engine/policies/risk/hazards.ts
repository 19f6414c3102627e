/** How likely nodes are to fail, as declared: what a policy may know of failures before they come. */
import { distributions } from '../../distributions.ts'
import { effectKind, type Model } from '../../model.ts'

/**
 * Failures a second of a node that is up, by group: the mean over its nodes of the sum, over the members of random
 * failures that take the node down, of weight / mean time up. Failures at a set time and triggers are not known beforehand.
 */
export function hazardsOf({ groups, nodeGroup, effects, randomFailures: random }: Model): Float64Array {
  const hazards = new Float64Array(groups.count)
  for (let m = 0; m < random.schedule.length; m++) {
    const s = random.schedule[m]
    const effect = random.effect[m]
    if (effects.kind[effect] !== effectKind.blackout || random.weight[m] === 0) continue
    const rate = random.weight[m] / distributions[random.up[s]].mean(random.upA[s], random.upB[s])
    for (let i = effects.nodeStart[effect]; i < effects.nodeStart[effect + 1]; i++)
      hazards[nodeGroup[effects.nodes[i]]] += rate
  }
  for (let g = 0; g < groups.count; g++) hazards[g] /= groups.nodeStart[g + 1] - groups.nodeStart[g]
  return hazards
}
