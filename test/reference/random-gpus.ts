/** Nodes of several GPUs, and tasks that ask for parts of one. */
import { feasible } from './eligibility.ts'
import type { GroupSpec, ModelSpec } from './model-spec.ts'
import { withRequests } from './random-requests.ts'
import type { Style } from './random-style.ts'

export function addGpuParts({ g }: Style, world: ModelSpec): ModelSpec {
  const more = (group: GroupSpec): GroupSpec => ({
    ...group,
    gpuMilli: Math.max(group.gpuMilli ?? 0, g.pick([0, 1000, 2000, 2000, 4000])),
  })
  const clusters = world.clusters.map(cluster => ({ ...cluster, groups: cluster.groups.map(more) }))
  const sizes = g.pick([
    [300, 700],
    [0, 300, 500, 1000],
    [200, 400, 333, 600, 2000],
  ])
  return withRequests({ ...world, clusters }, request => {
    const changed = { ...request, gpuMilli: g.pick(sizes) }
    return feasible(clusters, changed) ? changed : request
  })
}
