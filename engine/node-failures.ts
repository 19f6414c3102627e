/** Failures of nodes: by schedule and at random, until they are detected and until they are repaired. */
import { slotState } from './arena.ts'
import { attemptBefore, lose, remove, stopNode } from './attempts.ts'
import { eventKind } from './calendar.ts'
import { distributions } from './distributions.ts'
import { requeue } from './jobs.ts'
import { streams } from './random.ts'
import type { Run } from './run.ts'

/** Draws that the times of one failure may take from its substream. */
const blocksPerFailure = 16

/** Puts all scheduled failures, and the first of each random one, on the calendar. */
export function scheduleFailures(run: Run): void {
  const { failures, randomFailures } = run.model
  for (let f = 0; f < failures.count; f++) run.schedule(failures.atS[f], eventKind.failure, f, 0)
  for (let m = 0; m < randomFailures.schedule.length; m++) scheduleNext(run, m)
}

export function fail(run: Run, failure: number): void {
  const { forS, effect } = run.model.failures
  if (forS[failure] !== Number.POSITIVE_INFINITY) run.schedule(run.now + forS[failure], eventKind.repair, failure, 0)
  apply(run, effect[failure])
}

export function repair(run: Run, failure: number): void {
  lift(run, run.model.failures.effect[failure])
}

export function failMember(run: Run, member: number): void {
  run.schedule(run.now + run.nodes.downForS[member], eventKind.randomRepair, member, 0)
  apply(run, run.model.randomFailures.effect[member])
}

export function repairMember(run: Run, member: number): void {
  scheduleNext(run, member)
  lift(run, run.model.randomFailures.effect[member])
}

function apply(run: Run, effect: number): void {
  const { nodes, nodeStart } = run.model.effects
  for (let i = nodeStart[effect]; i < nodeStart[effect + 1]; i++) takeDown(run, nodes[i])
}

function lift(run: Run, effect: number): void {
  const { nodes, nodeStart } = run.model.effects
  for (let i = nodeStart[effect]; i < nodeStart[effect + 1]; i++) bringUp(run, nodes[i])
}

/** Draws when a member fails next and for how long. */
function scheduleNext(run: Run, member: number): void {
  const { schedule, hash, ordinal, weight, up, upA, upB, down, downA, downB } = run.model.randomFailures
  if (weight[member] === 0) return
  const s = schedule[member]
  const failure = run.nodes.failuresOf[member]++
  run.random.select(streams.failures, s, hash[member], ordinal[member], blocksPerFailure * failure)
  const upS = distributions[up[s]].draw(run.random, upA[s], upB[s]) / weight[member]
  run.nodes.downForS[member] = distributions[down[s]].draw(run.random, downA[s], downB[s])
  run.schedule(run.now + upS, eventKind.randomFailure, member, 0)
}

function takeDown(run: Run, node: number): void {
  const { model, nodes } = run
  if (!nodes.takeDown(node)) return
  run.noteNode('node-down', node)
  run.energy.changeUp(model.nodeGroup[node], -1, run.now)
  for (const slot of attemptsOn(run, node)) if (run.arena.state[slot] !== slotState.lost) lose(run, slot)
  stopNode(run, node)
  const generation = nodes.expectDetection(node)
  run.schedule(run.now + model.clusters.detectionS[model.nodeCluster[node]], eventKind.detection, node, generation)
}

/** The control plane learns that the node is not ready. */
export function detect(run: Run, node: number): void {
  run.nodes.forgetDetection(node)
  run.noteNode('node-detected', node)
  run.capacity.setReady(node, false)
  clearNode(run, node)
}

/** Removes what was placed on a node; stages that have no other attempt wait again. */
function clearNode(run: Run, node: number): void {
  for (const slot of attemptsOn(run, node)) {
    const stage = run.arena.stage[slot]
    remove(run, slot)
    if (run.arena.placed[stage] === 0) requeue(run, stage)
  }
}

function bringUp(run: Run, node: number): void {
  const { nodes } = run
  if (!nodes.bringUp(node)) return
  if (nodes.isExpected(node)) {
    nodes.forgetDetection(node)
    clearNode(run, node)
  }
  run.noteNode('node-up', node)
  run.energy.changeUp(run.model.nodeGroup[node], 1, run.now)
  run.capacity.setReady(node, true)
  run.waiting.capacityReturned(node)
}

/** Attempts with tasks on the node, in order. */
function attemptsOn(run: Run, node: number): number[] {
  const { arena } = run
  const slots: number[] = []
  for (let entry = run.nodes.first[node]; entry >= 0; entry = arena.nextOnNode[entry]) slots.push(arena.owner[entry])
  return slots.sort((a, b) => (attemptBefore(run, a, b) ? -1 : 1))
}
