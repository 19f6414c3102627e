/** Tenants, some of them with quotas that are enough for each of their stages alone. */
import { fullRequest, type ModelSpec, stagesOf, type WorkloadSpec } from './model-spec.ts'
import type { Style } from './random-style.ts'

const names = ['red', 'blue'] as const

export function addQuotas({ g }: Style, world: ModelSpec): ModelSpec {
  const workloads = world.workloads.map(workload => (g.chance(0.8) ? { ...workload, tenant: g.pick(names) } : workload))
  const tenants = names.map(name => {
    const owned = workloads.filter(({ tenant }) => tenant === name)
    const limit = (resource: 'cpuMilli' | 'memoryBytes' | 'gpuMilli') =>
      g.chance(0.4) ? {} : { [resource]: largest(owned, resource) * g.pick([1, 1, 2, 3]) }
    return { name, ...limit('cpuMilli'), ...limit('memoryBytes'), ...limit('gpuMilli') }
  })
  return { ...world, workloads, tenants }
}

/** The most that one stage asks for. */
function largest(workloads: readonly WorkloadSpec[], resource: 'cpuMilli' | 'memoryBytes' | 'gpuMilli'): number {
  const requests = workloads.flatMap(workload => [
    ...stagesOf(workload).map(({ request }) => request),
    ...(workload.trace ?? []).map(({ request }) => request ?? workload.request),
  ])
  return Math.max(0, ...requests.map(request => fullRequest(request).tasks * fullRequest(request)[resource]))
}
