/** What is free on a node, and what of a stage fits there. */
import { type Amount, isUp, type Job, type Node, type World } from './world.ts'

const requestOf = ({ model: { classes } }: World, job: Job): Amount => ({
  cpuMilli: classes.cpuMilli[job.class],
  memoryBytes: classes.memoryBytes[job.class],
  gpuMilli: classes.gpuMilli[job.class],
})

/** How many tasks of the stage fit on the node now. */
export function tasksThatFit(world: World, job: Job, node: Node): number {
  const { model } = world
  if (!node.ready || (model.groups.archMask[node.group] & model.classes.archMask[job.class]) === 0) return 0
  const request = requestOf(world, job)
  if (world.mutation === 'nodes that are down refuse at once' && !isUp(node)) return 0
  let tasks = 0
  while (
    tasks < model.classes.tasks[job.class] &&
    (tasks + 1) * request.cpuMilli <= node.free.cpuMilli &&
    (tasks + 1) * request.memoryBytes <= node.free.memoryBytes &&
    (tasks + 1) * request.gpuMilli <= node.free.gpuMilli
  ) {
    tasks++
  }
  return tasks
}

/** Takes so many tasks' request from a node (gives it back where negative). */
export function reserve(world: World, job: Job, { free }: Node, tasks: number): void {
  const request = requestOf(world, job)
  free.cpuMilli -= tasks * request.cpuMilli
  free.memoryBytes -= tasks * request.memoryBytes
  free.gpuMilli -= tasks * request.gpuMilli
}
