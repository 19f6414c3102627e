import type { Kept } from './kept.ts'
import { firstTarget, type Point } from './point.ts'

export interface Plan {
  readonly points: number
  readonly trials: number
  /** Of these, found in the cache. */
  readonly reused: number
  /** Mean of the reused trials' times, milliseconds; NaN where none was. */
  readonly meanMs: number
  /** What has changed since the last run of this scenario, where trials must run again. */
  readonly changed: readonly string[]
}

/** What is to run and what is there already; runs nothing. */
export function planSweep(points: readonly Point[], kept: Kept): Plan {
  let trials = 0
  let reused = 0
  let totalMs = 0
  for (const point of points) {
    const target = firstTarget(point)
    trials += target * point.scenario.policies.length
    for (const policy of point.scenario.policies.keys())
      for (const { replication, wallMs } of kept.trialsOf(point.index, policy)) {
        if (replication >= target) continue
        reused++
        totalMs += wallMs
      }
  }
  return {
    points: points.length,
    trials,
    reused,
    meanMs: totalMs / reused,
    changed: reused < trials ? kept.changed() : [],
  }
}
