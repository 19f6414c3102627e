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
  const { count, atS, nodeStart, nodes } = world.model.failures
  for (let f = 0; f < count; f++) {
    if (world.failed[f] || atS[f] !== world.now) continue
    world.failed[f] = true
    for (const node of nodes.slice(nodeStart[f], nodeStart[f + 1])) failNode(world, world.nodes[node], `schedule ${f}`)
  }
}

function randomFailures(world: World): void {
  for (const member of world.members) {
    if (member.isDown || member.failAtS !== world.now) continue
    member.isDown = true
    for (const node of nodesOfMember(world, member.index)) failNode(world, world.nodes[node], `member ${member.index}`)
  }
}

const nodesOfMember = ({ model: { randomFailures } }: World, m: number): Int32Array =>
  randomFailures.nodes.slice(randomFailures.nodeStart[m], randomFailures.nodeStart[m + 1])

/** Scheduled ones, then random ones: a member's next failure is drawn when it is repaired. */
export function repairs(world: World): void {
  const { model, random, mutation } = world
  const { count, atS, forS, nodeStart, nodes } = model.failures
  for (let f = 0; f < count; f++) {
    if (!world.failed[f] || world.repaired[f] || atS[f] + forS[f] !== world.now) continue
    world.repaired[f] = true
    for (const node of nodes.slice(nodeStart[f], nodeStart[f + 1]))
      repairNode(world, world.nodes[node], `schedule ${f}`)
  }
  for (const { index, isDown, repairAtS, outage } of [...world.members]) {
    if (!isDown || repairAtS !== world.now) continue
    for (const node of nodesOfMember(world, index)) repairNode(world, world.nodes[node], `member ${index}`)
    world.members[index] = drawOutage(model, random, mutation, index, outage + 1, world.now)
  }
}
