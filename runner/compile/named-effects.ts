/** Effects on what failures name, in the numbers of the model. */
import { nodeName } from '../../engine/model.ts'
import type { ScenarioEffect, ScenarioPairs, ScenarioTarget } from '../scenario/scenario.ts'
import type { Effect } from './effects.ts'
import type { Fabric } from './fabric.ts'

export function compileEffect(effect: ScenarioEffect, fabric: Fabric): Partial<Effect> & Pick<Effect, 'kind'> {
  if (effect.kind === 'blackout') return { kind: 'blackout', nodes: victimsOf(effect.target, fabric) }
  if (effect.kind === 'slow') return { kind: 'slow', nodes: victimsOf(effect.target, fabric), factor: effect.factor }
  const pairs = pairsOf(effect.pairs, fabric)
  if (effect.kind === 'inflation') return { kind: 'inflate', pairs, factor: effect.factor, addS: effect.addS }
  return { kind: 'cut', pairs }
}

/** Directed pairs of clusters, ascending. */
function pairsOf(pairs: ScenarioPairs, { clusters }: Fabric): number[] {
  const index = new Map(clusters.names.map((name, c) => [name, c]))
  const indexOf = (name: string) => index.get(name) ?? -1
  return pairs.map(([from, to]) => indexOf(from) * clusters.count + indexOf(to)).sort((a, b) => a - b)
}

/** Nodes of a target, ascending. */
function victimsOf({ kind, name }: ScenarioTarget, fabric: Fabric): number[] {
  const { clusters } = fabric
  const hit: number[] = []
  for (let c = 0; c < clusters.count; c++) {
    for (let node = clusters.nodeStart[c]; node < clusters.nodeStart[c + 1]; node++) {
      const matches =
        kind === 'zone'
          ? clusters.zones[clusters.zone[c]] === name
          : kind === 'cluster'
            ? clusters.names[c] === name
            : kind === 'pool'
              ? clusters.pools[c] === name
              : nodeName(fabric, node) === name
      if (matches) hit.push(node)
    }
  }
  return hit
}
