/** Preemption by priority without grace, naively. */
import { estimateOn, factorOn } from './capacity.ts'
import { keepSaved } from './checkpoints.ts'
import { reaches } from './link-rules.ts'
import { goOnWithout, remove } from './rules.ts'
import { type Attempt, attemptsOn, type Node, type Stage, type World } from './world.ts'

const resources = ['cpuMilli', 'memoryBytes', 'gpuMilli'] as const

/** `queue`: all that waits now, in order; who is displaced comes again in the same pass. */
export function decideDisplacing(world: World, queue: () => Stage[], tryToPlace: (stage: Stage) => boolean): void {
  const tried = new Set<Stage>()
  for (;;) {
    const stage = queue().find(each => !tried.has(each))
    if (stage === undefined) return
    tried.add(stage)
    if (tryToPlace(stage)) continue
    const victims = victimsFor(world, stage)
    for (const attempt of victims) evict(world, attempt)
    if (victims.length > 0) tryToPlace(stage)
  }
}

function evict(world: World, attempt: Attempt): void {
  if (!attempt.lost) keepSaved(world, attempt)
  remove(world, attempt)
  goOnWithout(world, attempt.stage)
}

function victimsFor(world: World, stage: Stage): Attempt[] {
  const { classes } = world.model
  const hasParts = classes.gpuMilli.some(gpu => gpu % 1000 !== 0)
  if (classes.tasks[stage.class] > 1 || (classes.gpuMilli[stage.class] > 0 && hasParts)) return []
  const choices = world.nodes
    .filter(node => isUsable(world, stage, node))
    .map(node => victimsOn(world, stage, node))
    .filter(victims => victims.length > 0)
  choices.sort(
    ([a, ...others], [b, ...more]) =>
      priorityOf(world, a) - priorityOf(world, b) || others.length - more.length || compare(b.beginS, a.beginS),
  )
  return choices[0] ?? []
}

const compare = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)

/** Slower nodes only while there is time for them, as ever. */
function isUsable(world: World, stage: Stage, node: Node): boolean {
  const factor = factorOn(world, stage, node)
  if (!node.ready || factor === 0 || !reaches(world, stage.job.origin, node.cluster)) return false
  const { classes, groups, workloads } = world.model
  const factors = classes.factor.slice(stage.class * groups.count, (stage.class + 1) * groups.count)
  if (factor === 1 || !factors.includes(1)) return true
  return world.now + estimateOn(world, stage, node) < stage.job.submitS + workloads.deadlineS[stage.job.workload]
}

/** The most important first; none where that is no help, or not needed. */
function victimsOn(world: World, stage: Stage, node: Node): Attempt[] {
  const { classes } = world.model
  const own = world.model.workloads.priority[stage.job.workload]
  const lower = attemptsOn(world, node).filter(attempt => priorityOf(world, attempt) < own)
  const held = (attempt: Attempt, resource: (typeof resources)[number]) =>
    attempt.shares
      .filter(share => share.node === node)
      .reduce((sum, { tasks }) => sum + tasks * classes[resource][attempt.stage.class], 0)
  const free = { ...node.free, gpuMilli: node.free.gpuMilli.reduce((sum, gpu) => sum + gpu, 0) }
  const fitsWithout = (gone: readonly Attempt[]) =>
    resources.every(resource => {
      const given = gone.reduce((sum, attempt) => sum + held(attempt, resource), 0)
      return classes[resource][stage.class] <= free[resource] + given
    })
  if (!fitsWithout(lower)) return []
  lower.sort((a, b) => priorityOf(world, b) - priorityOf(world, a) || compare(a.beginS, b.beginS))
  return lower.reduce((gone, attempt) => {
    const others = gone.filter(other => other !== attempt)
    return fitsWithout(others) ? others : gone
  }, lower as Attempt[])
}

const priorityOf = ({ model }: World, { stage }: Attempt): number => model.workloads.priority[stage.job.workload]
