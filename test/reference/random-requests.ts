/** Changes to all that a world asks for. */
import { type ModelSpec, type RequestSpec, type StageSpec, stagesOf, type WorkloadSpec } from './model-spec.ts'

/** The world with each distinct request changed once; stages that have none keep the default. */
export function withRequests(world: ModelSpec, change: (request: RequestSpec) => RequestSpec): ModelSpec {
  const changed = new Map<RequestSpec, RequestSpec>()
  const once = (request: RequestSpec) => {
    if (!changed.has(request)) changed.set(request, change(request))
    return changed.get(request)!
  }
  const inStage = <T extends { request?: RequestSpec }>(stage: T): T =>
    stage.request === undefined ? stage : { ...stage, request: once(stage.request) }
  const workloads = world.workloads.map(workload => ({
    ...withStages(workload, inStage),
    ...(workload.trace ? { trace: workload.trace.map(inStage) } : {}),
  }))
  return { ...world, workloads }
}

/** The workload with each of its stages changed. */
export const withStages = (workload: WorkloadSpec, change: <T extends StageSpec>(stage: T) => T): WorkloadSpec =>
  workload.stages ? { ...workload, stages: stagesOf(workload).map(change) } : change(workload)
