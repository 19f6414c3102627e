/** What is free on a node, what of a stage fits there, and how it would run there. */
import { giveBack, taken, tasksThatFitOnGpus } from './gpus.ts'
import { reaches } from './link-rules.ts'
import { isUp, type Node, type Share, type Stage, type World } from './world.ts'

const requestOf = ({ model: { classes } }: World, stage: Stage) => ({
  cpuMilli: classes.cpuMilli[stage.class],
  memoryBytes: classes.memoryBytes[stage.class],
  gpuMilli: classes.gpuMilli[stage.class],
})

/** How many tasks of the stage fit on the node now. */
export function tasksThatFit(world: World, stage: Stage, node: Node): number {
  const { model } = world
  if (!node.ready || !isOpen(world, stage, node)) return 0
  const request = requestOf(world, stage)
  if (world.mutation === 'nodes that are down refuse at once' && !isUp(node)) return 0
  if (!reaches(world, stage.job.origin, node.cluster)) return 0
  const onGpus = tasksThatFitOnGpus(world, node.free.gpuMilli, request.gpuMilli)
  let tasks = 0
  while (
    tasks < model.classes.tasks[stage.class] &&
    (tasks + 1) * request.cpuMilli <= node.free.cpuMilli &&
    (tasks + 1) * request.memoryBytes <= node.free.memoryBytes &&
    tasks + 1 <= onGpus
  ) {
    tasks++
  }
  return tasks
}

/** Run-time factor of the stage on the node: 1 native, more as wasm or emulated; 0: not at all. */
export const factorOn = ({ model: { classes, groups } }: World, stage: Stage, node: Node): number =>
  classes.factor[stage.class * groups.count + node.group]

/** Seconds that the estimate takes on the node. */
export const estimateOn = (world: World, stage: Stage, node: Node): number =>
  (stage.estimateS * factorOn(world, stage, node)) / world.model.groups.speed[node.group]

/** Where it would run slower than natively it may only run if it should still make its deadline, or cannot run natively. */
export function isOpen(world: World, stage: Stage, node: Node): boolean {
  const factor = factorOn(world, stage, node)
  if (factor <= 1 || world.mutation === 'slow modes always open') return factor > 0
  const { classes, groups, workloads } = world.model
  const factors = classes.factor.slice(stage.class * groups.count, (stage.class + 1) * groups.count)
  if (!factors.includes(1) && world.mutation !== 'slow modes close for all') return true
  const { job } = stage
  return world.now + estimateOn(world, stage, node) < job.submitS + workloads.deadlineS[job.workload]
}

/** Takes so many tasks' request from a node; `pick` says which GPU a part of one comes from. */
export function reserve(world: World, stage: Stage, node: Node, tasks: number, pick?: () => number): Share {
  const request = requestOf(world, stage)
  const gpuMilli = taken(world, node.free.gpuMilli, request.gpuMilli, tasks, pick)
  node.free.cpuMilli -= tasks * request.cpuMilli
  node.free.memoryBytes -= tasks * request.memoryBytes
  return { node, tasks, gpuMilli, fromS: 0, toS: 0, piece: -1, over: false, stopped: false }
}

/** Gives back what was taken. */
export function unreserve(world: World, stage: Stage, { node, tasks, gpuMilli }: Share): void {
  const request = requestOf(world, stage)
  node.free.cpuMilli += tasks * request.cpuMilli
  node.free.memoryBytes += tasks * request.memoryBytes
  giveBack(node.free.gpuMilli, gpuMilli)
}

/** Cores that so many tasks use. */
export const coresOf = ({ model: { classes }, mutation }: World, { class: k }: Stage, tasks: number): number =>
  (tasks * (mutation === 'what is requested is used' ? classes.cpuMilli : classes.useMilli)[k]) / 1000
