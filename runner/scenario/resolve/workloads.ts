import { findFormat } from '../../formats/index.ts'
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { WorkloadDraft } from '../draft.ts'
import { withDefaults } from '../options.ts'
import type { ScenarioStage } from '../scenario.ts'
import type { StageView, WorkloadView } from '../view.ts'
import { resolveDuration } from './durations.ts'

export const resolveWorkloads = (context: Context): (WorkloadDraft | undefined)[] =>
  (context.view.workloads ?? []).map((view, i) =>
    view === undefined ? undefined : resolveWorkload(view, ['spec', 'workloads', i], context),
  )

function resolveWorkload(view: WorkloadView, path: Path, context: Context): WorkloadDraft {
  const { job = {} } = view
  const deadline = [...path, 'job', 'deadline']
  const deadlineS = context.orDefault(context.read('positiveDuration', job.deadline, deadline), deadline, null)
  const origin = originOf(view)
  return {
    ...(view.name === undefined ? {} : { name: view.name }),
    ...(origin === undefined ? {} : { origin }),
    ...(deadlineS === undefined ? {} : { deadlineS }),
    retries: job.retries ?? 0,
    originNode: view.origin?.node ?? null,
    arrivals: arrivalsOf(view, path, context),
    stages: (job.stages ?? [{}]).map((stage, i) =>
      stage === undefined ? undefined : resolveStage(stage, [...path, 'job', 'stages', i], context),
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

function arrivalsOf(view: WorkloadView, path: Path, context: Context): WorkloadDraft['arrivals'] {
  const { arrivals, trace } = view
  if (arrivals !== undefined) {
    const at = (field: string): Path => [...path, 'arrivals', field]
    return {
      process: 'poisson',
      ratePerS: context.read('rate', arrivals.rate, at('rate')),
      fromS: context.orDefault(context.read('duration', arrivals.from, at('from')), at('from'), 0),
      untilS: context.orDefault(context.read('positiveDuration', arrivals.until, at('until')), at('until'), null),
      maxJobs: context.orDefault(arrivals.maxJobs, at('maxJobs'), null),
    }
  }
  if (trace?.format === undefined || trace.file === undefined) return undefined
  const options = withDefaults(trace.options ?? {}, findFormat(trace.format)?.options ?? {})
  return {
    process: 'trace',
    format: trace.format,
    file: context.resolveFile(trace.file, [...path, 'trace', 'file']),
    options,
  }
}

function resolveStage(view: StageView, path: Path, context: Context): ScenarioStage | undefined {
  const at = (field: string): Path => [...path, field]
  const read = <D>(
    kind: 'cpu' | 'memory' | 'share' | 'duration',
    field: 'cpu' | 'memory' | 'failureProbability' | 'estimate',
    otherwise: D,
  ) => context.orDefault(context.read(kind, view[field], at(field)), at(field), otherwise)
  const stage: Maybe<ScenarioStage> = {
    id: view.id ?? 'main',
    tasks: context.orDefault(view.tasks, at('tasks'), 1),
    cpuMilli: read('cpu', 'cpu', 1000),
    memoryBytes: read('memory', 'memory', 0),
    gpu: context.orDefault(view.gpu, at('gpu'), 0),
    arch: context.orDefault(architecturesOf(view), at('arch'), []),
    duration: resolveDuration(view.duration, at('duration'), context),
    estimateS: read('duration', 'estimate', null),
    failureProbability: read('share', 'failureProbability', 0),
  }
  return Object.values(stage).includes(undefined as never) ? undefined : (stage as ScenarioStage)
}

type Maybe<T> = { [Key in keyof T]: T[Key] | undefined }

/** Sorted, each once; undefined where one of them is not right. */
function architecturesOf({ arch }: StageView): string[] | undefined {
  if (arch === undefined || arch.includes(undefined)) return undefined
  return [...new Set(arch as string[])].sort()
}
