/** A plan: where the stages of a job go and what is expected of it. Plain JSON data: it is answered and stored as it is. */
import type { Verification } from '../verify/verification.ts'
import type { JobRequest } from './request.ts'

/** Mean of the replications, their least and greatest, between which 95 of 100 jobs lie; without luck three times the same. */
export interface Quantity {
  estimate: number
  low: number
  high: number
}

export interface Prediction {
  /** From submission at the origin to the answer being back there; null where no replication completed. */
  latency_ms: Quantity | null
  /** What the job adds to what the fabric draws idle, PUE included. */
  energy_j: Quantity
  /** Null where the intensity of a cluster that it uses is not known. */
  emissions_g: Quantity | null
  /** Parts of the replications. `deadline_miss`: null without a deadline. */
  completes: number
  deadline_miss: number | null
  replications: number
}

export interface Placement {
  stage: string
  /** 0 the first attempt of its stage, then shadows. */
  attempt: number
  cluster: string
  /** First node; all of them with their tasks below. */
  node: string
  nodes: { node: string; tasks: number }[]
  zone: string
  /** How it runs there. */
  mode: 'native' | 'wasm' | 'emulated'
  /** Milliseconds after submission; null where it would not begin or end by itself. */
  placed_ms: number
  begins_ms: number | null
  ends_ms: number | null
  /** What the strategy minimised, in its own unit. */
  score: number | null
  /** Why there. */
  reasons: string[]
}

export interface Shadow extends Placement {
  /** Hot ones run too, the first to end wins; standbys reserve and take over. */
  kind: 'hot' | 'standby'
}

/** Of its job; `failed`: it did not complete, or could not be executed to the end. */
export const planStatuses = ['planned', 'executing', 'completed', 'failed'] as const
export type PlanStatus = (typeof planStatuses)[number]

export interface PlanExecution {
  /** ISO 8601; null while it runs. */
  started_at: string
  ended_at: string | null
  /** From submission at the origin to the answer being back there; null where it did not complete. */
  latency_ms: number | null
  /** Why it did not come to an end; null where it did. */
  error: string | null
}

export interface Plan {
  id: string
  name: string
  status: PlanStatus
  /** ISO 8601. */
  created_at: string
  strategy: { name: string; options: Record<string, unknown> }
  job: JobRequest
  /** One for each stage, in an order in which they can run. */
  placement: Placement[]
  shadows: Shadow[]
  predicted: Prediction
  /** Null before it is executed. */
  execution: PlanExecution | null
  /** Until when its nodes stay reserved; null where they are not. */
  held_until: string | null
  /** What the figures rest on. */
  assumptions: string[]
}

/** What is stored of a plan: answered in parts. */
export interface StoredPlan extends Plan {
  verification: Verification | null
}
