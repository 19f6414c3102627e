/** A job that is to be planned as a workload of the scenario language: one job, submitted at once. */
import { distributions } from '../../engine/distributions.ts'
import type { Distribution, ScenarioStage, ScenarioWorkload } from '../scenario/scenario.ts'
import type { DurationRequest, JobRequest, StageRequest } from './request.ts'

/** `origin`: name of the cluster where its user is. */
export const workloadOf = ({ metadata, spec }: JobRequest, origin: string): ScenarioWorkload => ({
  name: metadata.name,
  origin: { [origin]: 1 },
  originNode: metadata.origin?.node ?? null,
  arrivals: {
    process: 'renewal',
    interval: { kind: 'constant', parameters: { value: 0 } },
    fromS: 0,
    untilS: null,
    maxJobs: 1,
  },
  deadlineS: metadata.deadline_ms === undefined ? null : metadata.deadline_ms / 1000,
  onMiss: 'count',
  priority: 0,
  retries: metadata.retries ?? 0,
  stages: spec.stages.map(stageOf),
})

const stageOf = (stage: StageRequest): ScenarioStage => ({
  id: stage.id,
  after: [...new Set(stage.after ?? [])].sort(),
  tasks: stage.tasks ?? 1,
  // Kubernetes rounds up too.
  cpuMilli: Math.ceil(Number((stage.compute.cpu * 1000).toPrecision(12))),
  useMilli: null,
  memoryBytes: Math.ceil((stage.compute.mem_gb ?? 0) * 2 ** 30),
  gpu: stage.compute.gpu ?? 0,
  arch: [...new Set(stage.constraints?.arch ?? [])].sort(),
  duration: durationOf(stage.compute.duration_ms),
  estimateS: null,
  failureProbability: stage.failure_probability ?? 0,
  formats: stage.constraints?.formats ?? ['native'],
  inputBytes: (stage.input_mb ?? 0) * 1e6,
  outputBytes: (stage.output_mb ?? 0) * 1e6,
  checkpoint: null,
})

/** Milliseconds become seconds. */
export function durationOf(duration: DurationRequest): Distribution {
  if (typeof duration === 'number') return { kind: 'constant', parameters: { value: duration / 1000 } }
  const [kind, given] = Object.entries(duration)[0]
  const entry = distributions.find(({ name }) => name === kind)
  const parameters = (entry?.parameters ?? []).map(({ name, kind: type }): [string, number] => [
    name,
    type === 'time' ? given[name] / 1000 : given[name],
  ])
  return { kind, parameters: Object.fromEntries(parameters) }
}

/** Whether anything of the job is left to luck. */
export const isRandom = ({ stages }: ScenarioWorkload): boolean =>
  stages.some(({ duration, failureProbability }) => duration?.kind !== 'constant' || failureProbability > 0)
