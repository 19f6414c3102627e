import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { WorkloadDraft } from '../draft.ts'
import type { WorkloadView } from '../view.ts'
import { resolveArrivals } from './arrivals.ts'
import { resolveStage } from './stages.ts'

export const resolveWorkloads = (context: Context): (WorkloadDraft | undefined)[] =>
  (context.view.workloads ?? []).map((view, i) =>
    view === undefined ? undefined : resolveWorkload(view, ['spec', 'workloads', i], context),
  )

function resolveWorkload(view: WorkloadView, path: Path, context: Context): WorkloadDraft {
  const { job = {} } = view
  const at = (field: string): Path => [...path, 'job', field]
  const deadlineS = context.read('positiveDuration', job.deadline, at('deadline'))
  return {
    name: view.name,
    origin: originOf(view),
    originNode: view.origin?.node ?? null,
    ...(view.tenant === undefined ? {} : { tenant: view.tenant }),
    arrivals: resolveArrivals(view, path, context),
    deadlineS: context.orDefault(deadlineS, at('deadline'), null),
    onMiss: context.orDefault(job.onMiss, at('onMiss'), 'count'),
    priority: context.orDefault(job.priority, at('priority'), 0),
    retries: context.orDefault(job.retries, at('retries'), 0),
    stages: (job.stages ?? [{}]).map((stage, i) =>
      stage === undefined ? undefined : resolveStage(stage, i, [...at('stages'), i], context),
    ),
  }
}

/** Weights that sum to 1, by name; those of 0 are left out. */
function originOf({ origin = {} }: WorkloadView): Record<string, number> | undefined {
  if (origin.cluster !== undefined) return { [origin.cluster]: 1 }
  const weights = Object.entries(origin.weights ?? {}).filter((entry): entry is [string, number] => (entry[1] ?? 0) > 0)
  // Divided by the largest first: the sum of huge weights would be Infinity.
  const largest = Math.max(...weights.map(([, weight]) => weight))
  const sum = weights.reduce((total, [, weight]) => total + weight / largest, 0)
  if (weights.length === 0) return undefined
  return Object.fromEntries(
    weights.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, weight]) => [name, weight / largest / sum]),
  )
}
