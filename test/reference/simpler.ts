/** Worlds with one thing less. */
import {
  boundsOf,
  type ClusterSpec,
  type EffectSpec,
  type ModelSpec,
  type StageSpec,
  type TriggerSpec,
  type WorkloadSpec,
} from './model-spec.ts'

export function* simpler(spec: ModelSpec): Generator<ModelSpec> {
  for (const workloads of shorter(spec.workloads)) yield { ...spec, workloads }
  for (const failures of shorter(spec.failures ?? [])) yield { ...spec, failures }
  for (const randomFailures of shorter(spec.randomFailures ?? [])) yield { ...spec, randomFailures }
  for (const [i, schedule] of (spec.randomFailures ?? []).entries()) {
    for (const members of shorter(schedule.members))
      yield { ...spec, randomFailures: spec.randomFailures!.with(i, { ...schedule, members }) }
  }
  yield* simplerTriggers(spec)
  for (const [i, failure] of (spec.failures ?? []).entries()) {
    for (const other of simplerEffects(failure)) yield { ...spec, failures: spec.failures!.with(i, other) }
  }
  for (const cluster of spec.clusters) yield without(spec, cluster)
  if (spec.warmupS !== undefined) yield omit(spec, 'warmupS')
  if (spec.horizonS !== undefined) yield omit(spec, 'horizonS')
  if (spec.latency?.length) yield { ...spec, latency: [] }
  if (spec.bandwidth?.length) yield { ...spec, bandwidth: [] }
  for (const bandwidth of shorter(spec.bandwidth ?? [])) yield { ...spec, bandwidth }
  for (const [i, workload] of spec.workloads.entries()) {
    for (const other of simplerWorkloads(workload)) yield { ...spec, workloads: spec.workloads.with(i, other) }
  }
  for (const [i, cluster] of spec.clusters.entries()) {
    for (const other of simplerClusters(cluster)) yield { ...spec, clusters: spec.clusters.with(i, other) }
  }
}

function* simplerTriggers(spec: ModelSpec): Generator<ModelSpec> {
  const { triggers = [] } = spec
  for (const fewer of shorter(triggers)) yield { ...spec, triggers: fewer }
  for (const [i, trigger] of triggers.entries()) {
    const change = (other: TriggerSpec) => ({ ...spec, triggers: triggers.with(i, other) })
    for (const members of shorter(trigger.members)) if (members.length > 0) yield change({ ...trigger, members })
    for (const key of ['picks', 'holdS', 'rearmS', 'cluster'] as const)
      if (trigger[key] !== undefined) yield change(omit(trigger, key))
  }
}

/** With fewer nodes or pairs. */
function* simplerEffects<T extends EffectSpec>(effect: T): Generator<T> {
  for (const victims of shorter(effect.victims ?? [])) if (victims.length > 0) yield { ...effect, victims }
  for (const pairs of shorter(effect.pairs ?? [])) if (pairs.length > 0) yield { ...effect, pairs }
}

/** Half of a list, then all but one. */
function* shorter<T>(list: readonly T[]): Generator<T[]> {
  const half = Math.ceil(list.length / 2)
  if (list.length > 3) yield* [list.slice(0, half), list.slice(half)]
  for (let i = list.length - 1; i >= 0; i--) yield list.toSpliced(i, 1)
}

function* simplerWorkloads(workload: WorkloadSpec): Generator<WorkloadSpec> {
  for (const trace of shorter(workload.trace ?? [])) if (trace.length > 0) yield { ...workload, trace }
  if (workload.trace?.some(job => job.request))
    yield { ...workload, trace: workload.trace.map(job => omit(job, 'request')) }
  for (const stages of withoutOne(workload.stages ?? [])) yield { ...workload, stages }
  const optional = ['deadlineS', 'cancelLate', 'retries', 'origin', 'priority'] as const
  for (const key of optional) if (workload[key] !== undefined) yield omit(workload, key)
  for (const other of simplerStages(workload)) yield { ...workload, ...other }
  for (const [i, stage] of (workload.stages ?? []).entries()) {
    for (const other of simplerStages(stage)) yield { ...workload, stages: workload.stages!.with(i, other) }
  }
  yield* fewerJobs(workload)
}

/** Without one of several stages: what came after it comes after what it came after. */
function* withoutOne(stages: readonly StageSpec[]): Generator<StageSpec[]> {
  for (let gone = stages.length - 1; gone >= 0 && stages.length > 1; gone--) {
    const instead = (position: number) => (position === gone ? (stages[gone].after ?? []) : [position])
    const shift = (position: number) => (position > gone ? position - 1 : position)
    yield stages.toSpliced(gone, 1).map(stage => ({
      ...stage,
      after: [...new Set((stage.after ?? []).flatMap(instead).map(shift))],
    }))
  }
}

function* simplerStages<T extends StageSpec>(stage: T): Generator<T> {
  const optional = ['failureProbability', 'request', 'checkpoint', 'estimateS', 'inputBytes', 'outputBytes'] as const
  for (const key of optional) if (stage[key] !== undefined) yield omit(stage, key)
  if (stage.request?.useMilli !== undefined) yield { ...stage, request: omit(stage.request, 'useMilli') }
}

function* fewerJobs(workload: WorkloadSpec): Generator<WorkloadSpec> {
  const maxJobs = Math.min(boundsOf(workload).maxJobs ?? 64, 64)
  if (maxJobs <= 1) return
  for (const key of ['poisson', 'renewal', 'diurnal', 'mmpp', 'closed'] as const) {
    if (workload[key]) yield { ...workload, [key]: { ...workload[key], maxJobs: Math.ceil(maxJobs / 2) } }
  }
}

const optionalOfGroup = [
  'coreMilli',
  'startupS',
  'speed',
  'gpuMilli',
  'arch',
  'wasm',
  'emulated',
  'idleW',
  'busyW',
  'failedW',
] as const

function* simplerClusters(cluster: ClusterSpec): Generator<ClusterSpec> {
  for (const groups of shorter(cluster.groups)) if (groups.length > 0) yield { ...cluster, groups }
  for (const [i, group] of cluster.groups.entries()) {
    for (const key of optionalOfGroup) {
      if (group[key] !== undefined) yield { ...cluster, groups: cluster.groups.with(i, omit(group, key)) }
    }
    if (group.power) yield { ...cluster, groups: cluster.groups.with(i, omit(omit(group, 'power'), 'powerTable')) }
    const fewer = { ...group, nodes: group.nodes - 1 }
    if (group.nodes > 1) yield { ...cluster, groups: cluster.groups.with(i, fewer) }
  }
  for (const key of ['pue', 'detectionS', 'carbon'] as const) if (cluster[key] !== undefined) yield omit(cluster, key)
}

function omit<T extends object, K extends keyof T>(object: T, key: K): T {
  const copy = { ...object }
  delete copy[key]
  return copy
}

/** The world without a cluster and all that names it. */
function without(spec: ModelSpec, { name }: ClusterSpec): ModelSpec {
  const originWithout = (workload: WorkloadSpec) =>
    workload.origin === undefined ? workload : { ...workload, origin: omit(workload.origin, name) }
  const remain = ({ victims = [], pairs = [] }: EffectSpec) =>
    victims.every(({ cluster }) => cluster !== name) && pairs.every(pair => !pair.includes(name))
  const triggers = (spec.triggers ?? [])
    .filter(({ cluster }) => cluster !== name)
    .map(each => ({ ...each, members: each.members.filter(remain) }))
  const schedules = (spec.randomFailures ?? []).map(each => ({ ...each, members: each.members.filter(remain) }))
  return {
    ...spec,
    clusters: spec.clusters.filter(cluster => cluster.name !== name),
    latency: (spec.latency ?? []).filter(([from, to]) => from !== name && to !== name),
    bandwidth: (spec.bandwidth ?? []).filter(([from, to]) => from !== name && to !== name),
    workloads: spec.workloads.map(originWithout),
    failures: (spec.failures ?? []).filter(remain),
    randomFailures: schedules.filter(({ members }) => members.length > 0),
    triggers: triggers.filter(({ members }) => members.length > 0),
  }
}
