import type { Model } from '../../engine/index.ts'
import type { Scenario, ScenarioPolicy } from '../scenario/scenario.ts'

export interface PointWork {
  readonly model: Model
  readonly policies: readonly ScenarioPolicy[]
  readonly explainAll?: boolean
}

/** One combination of levels of a sweep. */
export interface Point {
  readonly index: number
  readonly scenario: Scenario
  /** Whether anything is drawn: without, one replication says all. */
  readonly random: boolean
  /** How much work a trial is likely to be, in any unit: those with more begin first. */
  readonly weight: number
  /** Compiled when it is needed. */
  readonly work: () => PointWork
  /** Whether all placements of its first trial are to be explained, not only a sample. */
  readonly explainAll?: boolean
}

/** Replications that are run before anyone asks whether they are enough. */
export const firstTarget = ({ random, scenario }: Point): number => (random ? scenario.replications : 1)

/** Replications that there may be at most. */
export const lastTarget = ({ random, scenario }: Point): number =>
  random ? Math.max(scenario.replications, scenario.replicationsUntil?.max ?? 0) : 1
