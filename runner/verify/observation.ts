/**
 * What was observed of one execution: one policy, on the luck of one replication, on real clusters. A plain value; times
 * are seconds since the run began, as in a prediction, so that one job record serves both sides.
 */
import type { ClusterTally, JobRecords } from '../../engine/result.ts'
import type { ApplicationFigures } from '../telemetry/application.ts'
import type { TelemetrySeries } from '../telemetry/series.ts'
import type { AttemptRecords } from './attempts.ts'

/**
 * What a provider was told instead of finding it out: it is shown, and never counts as verified. `network`: latencies
 * were kept by the runner's clock, not by a wire.
 */
export const givens = ['runTime', 'startUp', 'energy', 'network', 'telemetry'] as const
export type Given = (typeof givens)[number]

export interface Observation {
  /** Label of the policy, as in the scenario. */
  policy: string
  /** Whose luck was executed. */
  replication: number
  provider: string
  /** When the last job left, or the horizon. */
  endS: number
  jobs: JobRecords
  attempts: AttemptRecords
  /**
   * By cluster of the model, as the engine integrates them over what was observed: energy and emissions are then the
   * power model's, on both sides. `energy` is what was measured.
   */
  clusters: Pick<ClusterTally, 'energyJ' | 'emissionsG' | 'busyCoreS' | 'upCoreS'>
  given: readonly Given[]
  /** Joules by cluster of the model from warm-up to the end (NaN: not measured), and by what; absent: nothing measured it. */
  energy?: { source: string; energyJ: Float64Array }
  /** Core-seconds by row of `attempts` (NaN: not measured), and by what. */
  cpu?: { source: string; coreS: Float64Array }
  /** What an application showed of itself; nothing of it is predicted. */
  application?: ApplicationFigures
  /** Figures over time that others measured; nothing is judged by them. */
  series?: readonly TelemetrySeries[]
  telemetry: Telemetry
  /** In the order in which they came. */
  failures: ObservedFailure[]
}

export interface Telemetry {
  /** Worst difference of a cluster's clock from the runner's, milliseconds. */
  skewMs: number
  /** Time between a change and the watch telling of it that 95 of 100 changes kept, milliseconds. */
  watchLagMs: number
  /** Coarseness of the times that were used: 1000 of the API's own, 1 of times of receipt. */
  resolutionMs: number
  /** What should have been measured and was not, and why; `what` names a compared quantity, or `all`. */
  missing: { what: string; why: string }[]
  /** What else was measured, by whom, and what could not be had: sentences; nothing is judged by it. */
  sources?: readonly string[]
}

/** Seconds since the run began; null: it was not (yet) so. */
export interface ObservedFailure {
  label: string
  cluster: string
  /** Of what is between clusters: the one at the other end. */
  other?: string
  plannedS: number
  injectedS: number | null
  /** When the control plane believed it. */
  detectedS: number | null
  recoveredS: number | null
  /** What was done to bring it about: `lease loss`, `iptables`, … */
  means: string
}
