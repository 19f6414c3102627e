/** What failures do while they last, whatever brought them about. */
import { effectKind } from '../../engine/model.ts'
import { cut, mend } from './link-rules.ts'
import { failNode, repairNode } from './node-rules.ts'
import { bringUpToDate } from './progress.ts'
import type { Node, World } from './world.ts'

export function apply(world: World, effect: number): void {
  const { kind } = world.model.effects
  if (kind[effect] === effectKind.blackout) for (const node of nodesOf(world, effect)) failNode(world, node, effect)
  if (kind[effect] === effectKind.cut) for (const pair of pairsOf(world, effect)) cut(world, world.links[pair], effect)
  if (kind[effect] === effectKind.inflate) world.inflations.add(effect)
  if (kind[effect] === effectKind.slow) {
    for (const node of nodesOf(world, effect)) changeSpeed(world, node, () => node.slowedBy.add(effect))
  }
}

export function lift(world: World, effect: number): void {
  const { kind } = world.model.effects
  if (kind[effect] === effectKind.blackout) for (const node of nodesOf(world, effect)) repairNode(world, node, effect)
  if (kind[effect] === effectKind.cut) for (const pair of pairsOf(world, effect)) mend(world, world.links[pair], effect)
  if (kind[effect] === effectKind.inflate) world.inflations.delete(effect)
  if (kind[effect] === effectKind.slow) {
    for (const node of nodesOf(world, effect)) changeSpeed(world, node, () => node.slowedBy.delete(effect))
  }
}

function changeSpeed(world: World, node: Node, change: () => void): void {
  if (world.mutation !== 'slow from the begin') bringUpToDate(world, node)
  change()
}

const nodesOf = ({ model: { effects }, nodes }: World, effect: number): Node[] =>
  Array.from(effects.nodes.slice(effects.nodeStart[effect], effects.nodeStart[effect + 1]), node => nodes[node])

const pairsOf = ({ model: { effects } }: World, effect: number): number[] => [
  ...effects.pairs.slice(effects.pairStart[effect], effects.pairStart[effect + 1]),
]

/** One-way seconds in force now. */
export function latency(world: World, from: number, to: number): number {
  const { model, inflations, mutation } = world
  const pair = from * model.clusters.count + to
  const { factor, addS } = model.effects
  let latencyS = model.latencyS[pair]
  if (mutation === 'latencies never change') return latencyS
  for (const effect of [...inflations].sort((a, b) => a - b)) {
    if (!pairsOf(world, effect).includes(pair)) continue
    latencyS =
      mutation === 'added before multiplied'
        ? (latencyS + addS[effect]) * factor[effect]
        : latencyS * factor[effect] + addS[effect]
  }
  return latencyS
}
