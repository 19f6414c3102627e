/** Effects of the model in the scenario's words. */
import { type Model, nodeName } from '../../engine/index.ts'
import { effectKind } from '../../engine/model.ts'
import type { FailureKind, FailureTarget } from './injector.ts'

const kinds = Object.keys(effectKind) as FailureKind[]

export const kindOf = ({ effects }: Model, effect: number): FailureKind => kinds[effects.kind[effect]]

/** An effect where it is felt: nodes of each cluster, or the far ends of the pairs that come from it. */
export function targetsOf(model: Model, effect: number): { target: FailureTarget; nodes: number[] }[] {
  const { clusters, effects, nodeCluster } = model
  const common = { kind: kindOf(model, effect), factor: effects.factor[effect] }
  const nodes = Array.from(effects.nodes.subarray(effects.nodeStart[effect], effects.nodeStart[effect + 1]))
  const ofNodes = [...new Set(nodes.map(node => nodeCluster[node]))].map(cluster => {
    const here = nodes.filter(node => nodeCluster[node] === cluster)
    const names = here.map(node => nodeName(model, node))
    return { target: { ...common, cluster: clusters.names[cluster], nodes: names, other: null }, nodes: here }
  })
  const pairs = Array.from(effects.pairs.subarray(effects.pairStart[effect], effects.pairStart[effect + 1]))
  const ofPairs = pairs.map(pair => {
    const [from, to] = [Math.floor(pair / clusters.count), pair % clusters.count]
    return { target: { ...common, cluster: clusters.names[from], nodes: [], other: clusters.names[to] }, nodes: [] }
  })
  return [...ofNodes, ...ofPairs]
}

/** What a person calls the failure that brings the effect about at that time. */
export function labelOf({ failures, randomFailures, triggers, effects }: Model, effect: number, atS: number): string {
  const planned = [...failures.effect.keys()]
    .filter(f => failures.effect[f] === effect)
    .sort((a, b) => Math.abs(failures.atS[a] - atS) - Math.abs(failures.atS[b] - atS))
  if (planned.length > 0) return failures.labels[planned[0]]
  const member = randomFailures.effect.indexOf(effect)
  if (member >= 0) return randomFailures.labels[randomFailures.schedule[member]]
  const at = triggers.memberEffect.indexOf(effect)
  const trigger = triggers.memberStart.findLastIndex(start => start <= at)
  return triggers.labels[trigger] ?? kinds[effects.kind[effect]]
}
