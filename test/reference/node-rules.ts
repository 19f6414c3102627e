/** What happens to nodes, and to attempts with them: one function an event. */
import { noteNode } from './notes.ts'
import { lose, remove, waitAgain } from './rules.ts'
import { attemptsOn, isUp, type Node, type World } from './world.ts'

export function failNode(world: World, node: Node, failure: string): void {
  const wasUp = isUp(node)
  node.heldBy.add(failure)
  if (!wasUp) return
  const delay = world.model.clusters.detectionS[node.cluster]
  node.detectAt = world.now + (world.mutation === 'detection at once' ? 0 : delay)
  noteNode(world, 'node-down', node)
  for (const attempt of attemptsOn(world, node)) if (!attempt.lost) lose(world, attempt)
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
    if (attempt.stage.placed.length === 0) waitAgain(world, attempt.stage)
  }
}

export function repairNode(world: World, node: Node, failure: string): void {
  node.heldBy.delete(failure)
  if (!isUp(node)) return
  if (node.detectAt < Infinity) removeLost(world, node)
  if (world.mutation !== 'detection never cancelled') node.detectAt = Infinity
  node.ready = true
  noteNode(world, 'node-up', node)
}
