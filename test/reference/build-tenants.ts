/** Tenants of a ModelSpec as columns. */
import type { Tenants } from '../../engine/model.ts'
import type { TenantSpec, WorkloadSpec } from './model-spec.ts'

export function buildTenants(specs: readonly TenantSpec[], workloads: readonly WorkloadSpec[]): Tenants {
  const nameOf = (workload: WorkloadSpec) => workload.tenant ?? workload.name
  const names = [...new Set([...specs.map(({ name }) => name), ...workloads.map(nameOf)])].sort()
  const of = (name: string) => specs.find(spec => spec.name === name)
  return {
    count: names.length,
    names,
    ofWorkload: Int32Array.from(workloads, workload => names.indexOf(nameOf(workload))),
    weight: Float64Array.from(names, name => of(name)?.weight ?? 1),
    cpuMilli: Float64Array.from(names, name => of(name)?.cpuMilli ?? Infinity),
    memoryBytes: Float64Array.from(names, name => of(name)?.memoryBytes ?? Infinity),
    gpuMilli: Float64Array.from(names, name => of(name)?.gpuMilli ?? Infinity),
  }
}
