/** spec.tenants as a list, by name. */
import type { Context } from '../context.ts'
import type { TenantDraft } from '../draft.ts'

export const resolveTenants = (context: Context): TenantDraft[] =>
  Object.entries(context.view.tenants ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, view]) => {
      const path = ['spec', 'tenants', name]
      const { cpu, memory, gpu } = view?.quota ?? {}
      const at = (field: string) => [...path, 'quota', field]
      return {
        name,
        weight: context.orDefault(view?.weight, [...path, 'weight'], 1),
        quota: {
          cpuMilli: context.orDefault(context.read('cpu', cpu, at('cpu')), at('cpu'), null),
          memoryBytes: context.orDefault(context.read('memory', memory, at('memory')), at('memory'), null),
          gpu: context.orDefault(gpu, at('gpu'), null),
        },
      }
    })
