/** What a planner is asked: a job and a strategy, as programs write it. */
import type { PolicyEntry } from '../../engine/policies/policy.ts'

/** Milliseconds at speed 1, or a distribution of the engine's table with times in milliseconds. */
export type DurationRequest = number | Readonly<Record<string, Readonly<Record<string, number>>>>

export interface StageRequest {
  id: string
  /** Stages that must complete first. */
  after?: string[]
  /** Started together, in one cluster; 1 where absent. */
  tasks?: number
  /** Of each task. `mem_gb`: 1 is 2^30 bytes. */
  compute: { cpu: number; mem_gb?: number; gpu?: number; duration_ms: DurationRequest }
  constraints?: { arch?: string[]; formats?: ('native' | 'wasm')[] }
  input_mb?: number
  output_mb?: number
  failure_probability?: number
}

export interface JobRequest {
  metadata: {
    name: string
    deadline_ms?: number
    /** Where its user is. The first cluster by name where it is absent. */
    origin?: { cluster: string; node?: string }
    retries?: number
  }
  spec: { stages: StageRequest[] }
}

export interface PlanRequest {
  job: JobRequest
  strategy?: string
  options?: Record<string, unknown>
  hold?: boolean
}

/** A request that is right, with its policy. */
export interface CheckedRequest {
  readonly job: JobRequest
  readonly policy: PolicyEntry
  readonly options: Readonly<Record<string, unknown>>
  readonly hold: boolean
}
