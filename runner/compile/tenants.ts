/** Tenants as columns, by name. */
import type { Tenants } from '../../engine/model.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { byName } from './fabric.ts'

/** Undefined where each workload is on its own, without quota. */
export function compileTenants({ workloads, tenants = [] }: Scenario): Tenants | undefined {
  if (tenants.length === 0 && workloads.every(({ tenant }) => tenant === undefined)) return undefined
  const owners = [...workloads].sort(byName).map(({ name, tenant }) => tenant ?? name)
  const names = [...new Set([...owners, ...tenants.map(({ name }) => name)])].sort()
  const declared = names.map(name => tenants.find(tenant => tenant.name === name))
  const limits = (of: (quota: NonNullable<(typeof tenants)[number]>['quota']) => number | null) =>
    Float64Array.from(declared, tenant =>
      tenant === undefined ? Number.POSITIVE_INFINITY : (of(tenant.quota) ?? Number.POSITIVE_INFINITY),
    )
  return {
    count: names.length,
    names,
    ofWorkload: Int32Array.from(owners, owner => names.indexOf(owner)),
    weight: Float64Array.from(declared, tenant => tenant?.weight ?? 1),
    cpuMilli: limits(({ cpuMilli }) => cpuMilli),
    memoryBytes: limits(({ memoryBytes }) => memoryBytes),
    gpuMilli: limits(({ gpu }) => (gpu === null ? null : Math.round(gpu * 1000))),
  }
}
