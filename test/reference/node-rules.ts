/** What happens to nodes, and to attempts with them: one function an event. */
import { noteNode } from './notes.ts'
import { bringUpToDate } from './progress.ts'
import { goOnWithout, lose, remove } from './rules.ts'
import { attemptsOn, isUp, type Node, type World } from './world.ts'

export function failNode(world: World, node: Node, effect: number): void {
  const wasUp = isUp(node)
  if (wasUp) bringUpToDate(world, node)
  node.heldBy.add(effect)
  if (!wasUp) return
  const delay = world.model.clusters.detectionS[node.cluster]
  node.detectAt = world.now + (world.mutation === 'detection at once' ? 0 : delay)
  noteNode(world, 'node-down', node)
  for (const attempt of attemptsOn(world, node)) {
    for (const share of attempt.shares) if (share.node === node) share.stopped = true
    if (!attempt.lost) lose(world, attempt)
  }
}

export function detect(world: World, node: Node): void {
  node.detectAt = Infinity
  node.ready = false
  noteNode(world, 'node-detected', node)
  removeLost(world, node)
}

/** Everything on a node that is known to be (or to have been) down is removed everywhere. */
function removeLost(world: World, node: Node): void {
  for (const attempt of attemptsOn(world, node)) {
    remove(world, attempt)
    goOnWithout(world, attempt.stage)
  }
}

export function repairNode(world: World, node: Node, effect: number): void {
  node.heldBy.delete(effect)
  if (!isUp(node)) return
  if (node.detectAt < Infinity) removeLost(world, node)
  if (world.mutation !== 'detection never cancelled') node.detectAt = Infinity
  node.ready = true
  noteNode(world, 'node-up', node)
}
