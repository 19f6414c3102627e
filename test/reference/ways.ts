/** How long what a stage needs takes to a cluster, and its answer from there, over links that nobody else uses. */
import { latency } from './effects.ts'
import { inputs } from './messages.ts'
import { isSink } from './stages.ts'
import type { Stage, World } from './world.ts'

export function wayOut(world: World, stage: Stage, cluster: number): number {
  let out = latency(world, stage.job.origin, cluster)
  for (const { from, bytes } of inputs(world, stage))
    out = Math.max(out, carrying(world, from, cluster, bytes) + latency(world, from, cluster))
  return out
}

export function wayBack(world: World, stage: Stage, cluster: number): number {
  const { origin } = stage.job
  const bytes = isSink(world, stage) ? world.model.stages.outputBytes[stage.index] : 0
  return carrying(world, cluster, origin, bytes) + latency(world, cluster, origin)
}

function carrying({ model, mutation }: World, from: number, to: number, bytes: number): number {
  if (from === to || bytes === 0 || mutation === 'choice regardless of bandwidth') return 0
  return bytes / model.bandwidth[from * model.clusters.count + to]
}
