/** Failures and repairs that are due: by schedule and at random. */
import { drawOutage } from './members.ts'
import { failNode, repairNode } from './node-rules.ts'
import type { World } from './world.ts'

/** Scheduled ones, then random ones. */
export function failures(world: World): void {
  if (world.mutation === 'random failures before scheduled ones') randomFailures(world)
  scheduledFailures(world)
  randomFailures(world)
}

function scheduledFailures(world: World): void {
  const { count, atS, effect } = world.model.failures
  for (let f = 0; f < count; f++) {
    if (world.failed[f] || atS[f] !== world.now) continue
    world.failed[f] = true
    for (const node of nodesOf(world, effect[f])) failNode(world, world.nodes[node], `schedule ${f}`)
  }
}

function randomFailures(world: World): void {
  const { effect } = world.model.randomFailures
  for (const member of world.members) {
    if (member.isDown || member.failAtS !== world.now) continue
    member.isDown = true
    for (const node of nodesOf(world, effect[member.index]))
      failNode(world, world.nodes[node], `member ${member.index}`)
  }
}

const nodesOf = ({ model: { effects } }: World, effect: number): Int32Array =>
  effects.nodes.slice(effects.nodeStart[effect], effects.nodeStart[effect + 1])

/** Scheduled ones, then random ones: a member's next failure is drawn when it is repaired. */
export function repairs(world: World): void {
  const { model, random, mutation } = world
  const { count, atS, forS, effect } = model.failures
  for (let f = 0; f < count; f++) {
    if (!world.failed[f] || world.repaired[f] || atS[f] + forS[f] !== world.now) continue
    world.repaired[f] = true
    for (const node of nodesOf(world, effect[f])) repairNode(world, world.nodes[node], `schedule ${f}`)
  }
  for (const { index, isDown, repairAtS, outage } of [...world.members]) {
    if (!isDown || repairAtS !== world.now) continue
    for (const node of nodesOf(world, model.randomFailures.effect[index]))
      repairNode(world, world.nodes[node], `member ${index}`)
    world.members[index] = drawOutage(model, random, mutation, index, outage + 1, world.now)
  }
}
