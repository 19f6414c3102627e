/** Nodes of which more may be requested than they have, and tasks that use more or less than they request. */
import { fullRequest, type GroupSpec, type ModelSpec } from './model-spec.ts'
import { withRequests } from './random-requests.ts'
import type { Style } from './random-style.ts'

export function addUse(style: Style, world: ModelSpec): ModelSpec {
  const { g } = style
  const overcommitted = g.chance(0.7) ? withFewerCores(style, world) : world
  if (g.chance(0.3)) return overcommitted
  return withRequests(overcommitted, request => {
    const { cpuMilli } = fullRequest(request)
    return { ...request, useMilli: g.pick([cpuMilli, 2 * cpuMilli, Math.floor(cpuMilli / 2), 1000, 0]) }
  })
}

function withFewerCores({ g, alike }: Style, world: ModelSpec): ModelSpec {
  const fewer = (group: GroupSpec): GroupSpec => {
    const { cpuMilli } = group
    const coreMilli = g.pick([cpuMilli / 2, cpuMilli / 2, Math.min(cpuMilli, 1000), alike ? cpuMilli / 4 : cpuMilli])
    return { ...group, coreMilli }
  }
  return { ...world, clusters: world.clusters.map(cluster => ({ ...cluster, groups: cluster.groups.map(fewer) })) }
}
