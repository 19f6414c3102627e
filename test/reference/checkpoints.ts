/** Work that outlives an attempt: how often an attempt saves, what it has saved when it stops, and who can reach it. */
import { usedWithin } from './courses.ts'
import { secondsDone } from './progress.ts'
import type { Attempt, Node, Share, Stage, World } from './world.ts'

/** Seconds of work that an attempt with this first node finds saved. */
export function savedWithin(world: World, { index, saved }: Stage, first: Node): number {
  if (saved === null || world.mutation === 'nothing saved') return 0
  const store = world.model.stages.checkpointStore[index]
  const reaches =
    store === 2 ||
    (store === 1 && saved.node.cluster === first.cluster) ||
    (store === 0 && saved.node === first) ||
    world.mutation === 'every store reachable'
  return reaches ? saved.workS : 0
}

/** Checkpoints on the way through so much work: one each `every` seconds, none at the end. */
export function checkpointsIn({ model, mutation }: World, stage: Stage, workS: number): number {
  const every = model.stages.checkpointEveryS[stage.index]
  if (every === Infinity) return 0
  if (mutation === 'a checkpoint at the end') return Math.floor(workS / every)
  return Math.max(0, Math.ceil(workS / every) - 1)
}

/** Keeps what an attempt that stops now, while it runs, has saved, if that is more than what was there. */
export function keepSaved(world: World, attempt: Attempt): void {
  const { stage, speed, factor } = attempt
  const { checkpointEveryS, checkpointCostS } = world.model.stages
  const every = checkpointEveryS[stage.index]
  if (!attempt.begun || every === Infinity) return
  const doneS = (secondsDone(world, attempt) * speed) / factor
  const complete = Math.floor(doneS / (every + checkpointCostS[stage.index]))
  const written = Math.min(checkpointsIn(world, stage, attempt.leftS), complete)
  const savedS = attempt.resumedS + written * every
  if (savedS <= (stage.saved?.workS ?? 0)) return
  stage.saved = { workS: savedS, node: attempt.shares[0].node }
  const used = usedWithin(world, stage, tasksOf(attempt.shares), attempt.resumedS, savedS)
  if (world.mutation !== 'saved work counts as wasted') world.wastedCoreS -= (used * factor) / speed
}

const tasksOf = (shares: readonly Share[]): number => shares.reduce((sum, { tasks }) => sum + tasks, 0)
