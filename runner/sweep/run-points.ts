/**
 * All trials of all points: what the cache has is reused, the rest runs on the pool, and where replications go on
 * until an interval is narrow enough, batch after batch is added. Outcomes come in the order of (point, replication,
 * policy), whatever ran when.
 */
import { findMetric } from '../../engine/metrics.ts'
import { meanInterval } from '../../engine/statistics/intervals.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { TrialCache } from './cache.ts'
import { type PointWork, runTrials } from './pool.ts'
import type { TrialKey, TrialOutcome } from './trial.ts'
import { engineHash, type Parts, partsOf, trialHash } from './trial-hash.ts'

export interface Point {
  readonly index: number
  readonly scenario: Scenario
  /** Whether anything is drawn: without, one replication says all. */
  readonly random: boolean
  /** Compiled when it is needed. */
  readonly work: () => PointWork
}

export interface SweepOptions {
  readonly threads: number
  readonly signal: AbortSignal
  /** null: nothing is reused or kept. */
  readonly cache: TrialCache | null
  readonly onPlan: (plan: Plan) => void
  readonly onTrial: (outcome: TrialOutcome) => void
}

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

export interface SweepOutcome {
  /** By point: outcomes in the order of (replication, policy). */
  readonly byPoint: TrialOutcome[][]
  readonly reused: number
  /** Why finished trials could not be kept, where that is so. */
  readonly cacheError: string | null
}

/** What is to run and what is there already; runs nothing. */
export function planSweep(points: readonly Point[], cache: TrialCache | null): Plan & { sweep: Sweep } {
  const sweep = new Sweep(points, cache)
  const keys = points.flatMap(point => keysOf(point, 0, firstTarget(point)))
  const found = keys.map(key => sweep.lookUp(key)).filter(outcome => outcome !== null)
  return {
    sweep,
    points: points.length,
    trials: keys.length,
    reused: found.length,
    meanMs: found.reduce((sum, outcome) => sum + outcome.wallMs, 0) / found.length,
    changed: found.length < keys.length ? sweep.changed() : [],
  }
}

export async function runSweep(points: readonly Point[], options: SweepOptions): Promise<SweepOutcome> {
  const { sweep, ...plan } = planSweep(points, options.cache)
  options.onPlan(plan)
  sweep.remember()
  const targets = points.map(firstTarget)
  const done = points.map((): TrialOutcome[] => [])
  for (;;) {
    const keys = points.flatMap((point, i) =>
      keysOf(point, done[i].length / point.scenario.policies.length, targets[i]),
    )
    if (keys.length === 0) return { byPoint: done, reused: sweep.reused, cacheError: sweep.cacheError }
    for (const outcome of await sweep.run(keys, options)) done[outcome.point].push(outcome)
    for (const [i, point] of points.entries()) targets[i] = nextTarget(point, targets[i], done[i])
  }
}

/** Trials of a point for replications `from` to `to`. */
const keysOf = ({ index, scenario }: Point, from: number, to: number): TrialKey[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) =>
    scenario.policies.map((_policy, policy) => ({ point: index, policy, replication: from + i })),
  ).flat()

const firstTarget = ({ random, scenario }: Point): number => (random ? scenario.replications : 1)

/** How many replications the point needs in all, now that so many are there. */
function nextTarget({ scenario, random }: Point, target: number, outcomes: readonly TrialOutcome[]): number {
  const until = scenario.replicationsUntil
  if (until === null || !random || target >= until.max) return target
  const narrow = scenario.policies.every((_policy, policy) => isNarrow(until, outcomes, policy))
  return narrow ? target : Math.min(until.max, target + until.batch)
}

/** Whether the interval of the metric is narrow enough for a policy; what cannot be estimated never is. */
function isNarrow(
  until: { metric: string; halfWidth: number },
  outcomes: readonly TrialOutcome[],
  policy: number,
): boolean {
  const metric = findMetric(until.metric)
  if (metric === undefined) return true
  const values = outcomes.flatMap(outcome =>
    outcome.policy === policy && outcome.summary !== undefined ? [outcome.summary.fabric[metric.name]] : [],
  )
  const { estimate, low, high } = meanInterval(values, 0.95)
  return (high - low) / 2 <= until.halfWidth * Math.abs(estimate)
}

/** One sweep's view of the cache. */
class Sweep {
  reused = 0
  cacheError: string | null = null
  private readonly points: readonly Point[]
  private readonly cache: TrialCache | null
  private readonly parts: Parts[]
  /** By the key in words: points that differ in nothing that a trial depends on share hashes, and yet are two. */
  private readonly found = new Map<string, TrialOutcome>()

  constructor(points: readonly Point[], cache: TrialCache | null) {
    this.points = points
    this.cache = cache
    const engine = cache === null ? '' : engineHash()
    this.parts = cache === null ? [] : points.map(point => partsOf(point.scenario, engine))
  }

  lookUp(key: TrialKey): TrialOutcome | null {
    if (this.cache === null) return null
    const words = `${key.point} ${key.policy} ${key.replication}`
    const known = this.found.get(words)
    if (known !== undefined) return known
    const outcome = this.cache.read(this.hashOf(key), key)
    if (outcome !== null) this.found.set(words, outcome)
    return outcome
  }

  changed(): string[] {
    return this.cache?.changedSince(this.points[0].scenario.name, this.manifest()) ?? []
  }

  remember(): void {
    try {
      this.cache?.remember(this.points[0].scenario.name, this.manifest())
    } catch (error) {
      this.cacheError = (error as Error).message
    }
  }

  /** Outcomes in the order of the keys. */
  async run(keys: readonly TrialKey[], options: SweepOptions): Promise<TrialOutcome[]> {
    const cached = keys.map(key => this.lookUp(key))
    const missing = keys.filter((_, i) => cached[i] === null)
    this.reused += keys.length - missing.length
    for (const outcome of cached) if (outcome !== null) options.onTrial(outcome)
    const ran = await runTrials(missing, {
      threads: options.threads,
      signal: options.signal,
      workOf: point => this.points[point].work(),
      onTrial: outcome => {
        this.keep(outcome)
        options.onTrial(outcome)
      },
    })
    let next = 0
    return cached.map(outcome => outcome ?? ran[next++])
  }

  /** A cache that cannot be written (a full disk) loses time, not results: it is said once, at the end. */
  private keep(outcome: TrialOutcome): void {
    if (this.cache === null || this.cacheError !== null) return
    try {
      this.cache.write(this.hashOf(outcome), outcome)
    } catch (error) {
      this.cacheError = (error as Error).message
    }
  }

  private hashOf({ point, policy, replication }: TrialKey): string {
    return trialHash(this.parts[point], this.points[point].scenario.policies[policy], replication, point === 0)
  }

  private manifest() {
    const { policies } = this.points[0].scenario
    return {
      parts: this.parts[0],
      policies: Object.fromEntries(
        policies.map(({ label, name, options }) => [label, JSON.stringify([name, options])]),
      ),
    }
  }
}
