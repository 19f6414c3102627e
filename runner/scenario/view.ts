/**
 * What is left of a file when everything wrong is taken out: whatever is there has the form that the schema says, and
 * anything may be missing. Checks of meaning go on with it, so that all problems are reported at once.
 */
import type { ScenarioFile } from '../../schemas/scenario.generated.ts'
import type { Path } from './document.ts'

export type Lenient<T> = T extends readonly (infer Item)[]
  ? (Lenient<Item> | undefined)[]
  : T extends object
    ? { [Key in keyof T]?: Lenient<T[Key]> | undefined }
    : T

export type View = Lenient<ScenarioFile>
export type SpecView = NonNullable<View['spec']>
export type FabricView = NonNullable<SpecView['fabric']>
export type ClusterView = NonNullable<NonNullable<FabricView['clusters']>[number]>
export type PoolView = NonNullable<NonNullable<FabricView['pools']>[string]>
export type LinkView = NonNullable<NonNullable<NonNullable<FabricView['network']>['links']>[number]>
export type LinkEnds = Pick<LinkView, 'between' | 'from' | 'to'>
export type WorkloadView = NonNullable<NonNullable<SpecView['workloads']>[number]>
export type StageView = NonNullable<NonNullable<NonNullable<WorkloadView['job']>['stages']>[number]>
export type DurationView = NonNullable<StageView['duration']>
export type ArrivalsView = NonNullable<WorkloadView['arrivals']>
export type CarbonView = NonNullable<ClusterView['carbon']>
export type PowerView = NonNullable<PoolView['power']>
export type PolicyView = NonNullable<NonNullable<SpecView['policies']>[number]>
export type FailureView = NonNullable<NonNullable<SpecView['failures']>[number]>
export type ConditionView = NonNullable<FailureView['when']>
export type ExpectationView = NonNullable<NonNullable<SpecView['expect']>[number]>

/** A deep copy without what lies at the paths; items of lists leave a hole, so that indices stay. */
export function without(value: unknown, paths: readonly Path[]): unknown {
  const copy = structuredClone(value)
  for (const path of paths) {
    if (path.length === 0) return undefined
    const parent = path.slice(0, -1).reduce<unknown>(child, copy)
    const last = path[path.length - 1]
    if (Array.isArray(parent)) parent[Number(last)] = undefined
    else if (parent !== null && typeof parent === 'object') delete (parent as Record<string, unknown>)[String(last)]
  }
  return copy
}

function child(value: unknown, step: string | number): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, step)) return undefined
  return (value as Record<string, unknown>)[step]
}

/** The value at a path of any data; undefined where there is none. */
export const at = (value: unknown, path: Path): unknown => path.reduce<unknown>(child, value)
