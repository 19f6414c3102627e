/** Nodes that go dark: until it is detected and until they are repaired. */
import { slotState } from './arena.ts'
import { attemptBefore, lose, placeAnew, stopNode } from './attempts.ts'
import { eventKind } from './calendar.ts'
import type { Run } from './run.ts'

/** One more failure holds a node. */
export function takeDown(run: Run, node: number): void {
  const { model, nodes } = run
  if (!nodes.takeDown(node)) return
  run.noteNode('node-down', node)
  run.energy.changeUp(model.nodeGroup[node], -1)
  for (const slot of attemptsOn(run, node)) if (run.arena.state(slot) !== slotState.lost) lose(run, slot)
  stopNode(run, node)
  const generation = nodes.expectDetection(node)
  if (run.outside !== null) return
  run.schedule(run.now + model.clusters.detectionS[model.nodeCluster[node]], eventKind.detection, node, generation)
}

/** The control plane learns that the node is not ready. */
export function detect(run: Run, node: number): void {
  run.nodes.forgetDetection(node)
  run.noteNode('node-detected', node)
  run.capacity.setReady(node, false)
  run.tellEased()
  clearNode(run, node)
}

/** Removes what was placed on a node; stages that have no other attempt wait again. */
function clearNode(run: Run, node: number): void {
  for (const slot of attemptsOn(run, node)) placeAnew(run, slot)
}

/** One failure less holds a node. */
export function bringUp(run: Run, node: number): void {
  const { nodes } = run
  if (!nodes.bringUp(node)) return
  if (nodes.isExpected(node)) {
    nodes.forgetDetection(node)
    clearNode(run, node)
  }
  run.noteNode('node-up', node)
  run.energy.changeUp(run.model.nodeGroup[node], 1)
  run.capacity.setReady(node, true)
  run.waiting.capacityReturned(node)
  run.tellEased()
}

/** Attempts with tasks on the node, in order. */
function attemptsOn(run: Run, node: number): number[] {
  const { arena } = run
  const slots: number[] = []
  for (let entry = run.nodes.first[node]; entry >= 0; entry = arena.nextOnNode(entry)) slots.push(arena.owner(entry))
  return slots.sort((a, b) => (attemptBefore(run, a, b) ? -1 : 1))
}
