/** One sweep's view of the cache: which trials are there, and where new ones go. */
import { isDrawn } from '../../reports/summary/drawn.ts'
import type { TrialCache } from './cache.ts'
import type { Point } from './point.ts'
import type { KeptTrial } from './record.ts'
import { isFirst, type TrialOutcome } from './trial.ts'
import { engineHash, type Parts, partsOf, trialsHash } from './trial-hash.ts'

export class Kept {
  /** Why finished trials could not be kept, where that is so. */
  error: string | null = null
  private readonly points: readonly Point[]
  private readonly cache: TrialCache | null
  private readonly parts: Parts[]

  constructor(points: readonly Point[], cache: TrialCache | null) {
    this.points = points
    this.cache = cache
    const engine = cache === null ? '' : engineHash()
    this.parts = cache === null ? [] : points.map(point => partsOf(point.scenario, engine))
  }

  /** Trials of a policy at a point that are there with all that is needed of them, each once. */
  *trialsOf(point: number, policy: number): Generator<TrialOutcome & KeptTrial> {
    if (this.cache === null) return
    const seen = new Set<number>()
    for (const trial of this.cache.read(this.hashOf(point, policy))) {
      const { replication } = trial
      if (seen.has(replication) || !isWhole(this.points[point], trial)) continue
      seen.add(replication)
      yield { ...trial, point, policy }
    }
  }

  /** Keeps trials of one point. A cache that cannot be written (a full disk) loses time, not results: it is said once, at the end. */
  keep(point: number, trials: readonly TrialOutcome[]): void {
    if (this.cache === null || this.error !== null) return
    try {
      for (const policy of this.points[point].scenario.policies.keys()) {
        const own = trials.filter(trial => trial.policy === policy).filter(hasEnded)
        if (own.length > 0) this.cache.write(this.hashOf(point, policy), own)
      }
    } catch (error) {
      this.error = (error as Error).message
    }
  }

  /** What has changed since the last run of this scenario, in words. */
  changed(): string[] {
    return this.cache?.changedSince(this.points[0].scenario.name, this.manifest()) ?? []
  }

  remember(): void {
    try {
      this.cache?.remember(this.points[0].scenario.name, this.manifest())
    } catch (error) {
      this.error = (error as Error).message
    }
  }

  private hashOf(point: number, policy: number): string {
    return trialsHash(this.parts[point], this.points[point].scenario.policies[policy])
  }

  private manifest() {
    const { policies } = this.points[0].scenario
    return {
      parts: this.parts[0],
      policies: Object.fromEntries(
        policies.map(({ label, name, options, own }) => [label, JSON.stringify([name, options, own?.hash])]),
      ),
    }
  }
}

const hasEnded = (trial: TrialOutcome): trial is TrialOutcome & KeptTrial => trial.row !== undefined

/** A trial that was kept for a later point of another sweep may lack what is shown of the first ones. */
const isWhole = (
  { index: point, explainAll }: Point,
  { replication, curves, jobs, explanations }: KeptTrial,
): boolean =>
  (curves !== undefined || !isDrawn(point, replication)) &&
  ((jobs !== undefined && (explainAll !== true || explanations?.isSample === false)) ||
    !isFirst({ point, replication }))
