/** How the jobs of a workload come: a file and a line of `index.ts` each. */
import type { Model } from '../model.ts'
import type { Random } from '../random.ts'

/** What a process reads; the same for all of a run. */
export interface Ground {
  readonly model: Model
  readonly random: Random
}

/** The arrivals of one workload in one run. Times are engine seconds. */
export interface Process {
  /** When job `ordinal` comes, the one before it having come at `afterS` (job 0: `from`); Infinity: never. Asked in order, once for each. */
  next(afterS: number, ordinal: number): number
  /** Of processes that wait for their jobs: job `ordinal` has left, and whoever sent it is free again at `atS`. */
  left?(ordinal: number, atS: number): void
  /** Of these: when the next one comes, as far as that is known. */
  readonly nextS?: number
}
