/** Failures and repairs that are due: by schedule, at random, and triggered. */

import { apply, lift } from './effects.ts'
import { drawOutage } from './members.ts'
import { fireTriggers, liftTriggers } from './triggers.ts'
import type { World } from './world.ts'

/** Scheduled ones, then random ones, then triggered ones. */
export function failures(world: World): void {
  if (world.mutation === 'random failures before scheduled ones') randomFailures(world)
  scheduledFailures(world)
  randomFailures(world)
  fireTriggers(world)
}

function scheduledFailures(world: World): void {
  const { count, atS, effect } = world.model.failures
  for (let f = 0; f < count; f++) {
    if (world.failed[f] || atS[f] !== world.now) continue
    world.failed[f] = true
    apply(world, effect[f])
  }
}

function randomFailures(world: World): void {
  const { effect } = world.model.randomFailures
  for (const member of world.members) {
    if (member.isDown || member.failAtS !== world.now) continue
    member.isDown = true
    apply(world, effect[member.index])
  }
}

/** In the same order: a member's next failure is drawn when it is repaired. */
export function repairs(world: World): void {
  const { model, random, mutation } = world
  const { count, atS, forS, effect } = model.failures
  for (let f = 0; f < count; f++) {
    if (!world.failed[f] || world.repaired[f] || atS[f] + forS[f] !== world.now) continue
    world.repaired[f] = true
    lift(world, effect[f])
  }
  for (const { index, isDown, repairAtS, outage } of [...world.members]) {
    if (!isDown || repairAtS !== world.now) continue
    lift(world, model.randomFailures.effect[index])
    world.members[index] = drawOutage(model, random, mutation, index, outage + 1, world.now)
  }
  liftTriggers(world)
}
