import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'

/** How often to repeat: so often, or until a metric is precise. */
export function resolveReplications(context: Context): Pick<Draft, 'replications' | 'replicationsUntil'> {
  const path = ['spec', 'replications']
  const view = context.view.replications
  if (typeof view !== 'object') return { replications: context.orDefault(view, path, 30), replicationsUntil: null }
  const { until, count } = view
  const batch = context.orDefault(view.batch, [...path, 'batch'], 10)
  if (until === undefined && !context.says([...path, 'until']))
    return { replications: context.orDefault(count, [...path, 'count'], 30), replicationsUntil: null }
  return {
    replications: context.orDefault(count, [...path, 'count'], batch),
    replicationsUntil: {
      metric: until?.metric,
      halfWidth: context.read('positiveShare', until?.halfWidth, [...path, 'until', 'halfWidth']),
      max: context.orDefault(view.max, [...path, 'max'], 200),
      batch,
    },
  }
}
