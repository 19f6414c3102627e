/** Stages that are put off until a time, and attempts that run until a time and are suspended or have to make way then. */
import { slotState } from './arena.ts'
import { activeAttempts, placeAnew, saveAll, saveProgress } from './attempts.ts'
import { eventKind } from './calendar.ts'
import { EngineError } from './engine-error.ts'
import { isPlaced, waitAgain } from './jobs.ts'
import { powerOver } from './power-switch.ts'
import type { Run } from './run.ts'

/** What a timer is for; in the last two bits of its entity, before which its slot (or node) stands. */
export const timer = { wake: 0, suspend: 1, evict: 2, power: 3 } as const

/** A waiting stage is not looked at before `time`. Throws EngineError if it does not wait, or the time is not to come. */
export function defer(run: Run, stage: number, time: number): void {
  const { arena } = run
  if (arena.state(stage) !== slotState.waiting) throw new EngineError('deferUntil: the stage is not waiting')
  if (!(time > run.now)) throw new EngineError('deferUntil: that time is over')
  run.waiting.removeAny(stage)
  arena.setState(stage, slotState.deferred)
  arena.setGeneration(stage, arena.generation(stage) + 1)
  run.note('defer', stage, -1, -1)
  run.schedule(time, eventKind.timer, (stage << 2) | timer.wake, arena.generation(stage))
}

/**
 * The stage's only attempt, just placed, runs until `time` at most: then what it has done is kept, and the stage waits
 * again. Throws EngineError where nothing can be kept, or the time is not to come.
 */
export function suspendLater(run: Run, stage: number, time: number): void {
  const { arena, model } = run
  if (!isPlaced(arena.state(stage)) || arena.placed(stage) !== 1)
    throw new EngineError('suspendAt: the stage has no attempt, or several')
  if (model.stages.checkpointEveryS[arena.template(stage)] === Number.POSITIVE_INFINITY)
    throw new EngineError('suspendAt: the stage keeps no checkpoints')
  if (!(time > run.now)) throw new EngineError('suspendAt: that time is over')
  run.schedule(time, eventKind.timer, (stage << 2) | timer.suspend, arena.generation(stage))
}

/** A timer is over; those of another generation of their slot are stale. */
export function timerOver(run: Run, entity: number): void {
  const slot = entity >> 2
  if ((entity & 3) === timer.power) return powerOver(run, slot)
  if ((entity & 3) === timer.wake) {
    run.note('wake', slot, -1, -1)
    waitAgain(run, slot)
  } else if ((entity & 3) === timer.suspend) suspend(run, slot)
  else evict(run, slot)
}

/** An attempt has to make way at `time`, unless it has ended by then. */
export function evictLater(run: Run, slot: number, time: number): void {
  run.schedule(time, eventKind.timer, (slot << 2) | timer.evict, run.arena.generation(slot))
}

/** An attempt makes way for another: what it has saved is kept, its stage is placed anew, no retry is used up. */
export function evict(run: Run, slot: number): void {
  if (run.arena.state(slot) === slotState.running) saveProgress(run, slot)
  placeAnew(run, slot)
}

/** An attempt is taken from its nodes with all that it has done, but for what writing that down takes. */
function suspend(run: Run, slot: number): void {
  const { arena } = run
  if (activeAttempts(run, arena.stage(slot)) > 1 || arena.state(slot) === slotState.lost) return
  run.note('suspend', slot, arena.number(slot), arena.node(slot))
  if (arena.state(slot) === slotState.running) saveAll(run, slot)
  placeAnew(run, slot)
}
