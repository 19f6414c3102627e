/**
 * All trials of all points: what the cache has is reused, the rest runs on the pool, and where replications go on
 * until an interval is narrow enough, batch after batch is added. A point is summarised, and its trials forgotten, as
 * soon as its last one has ended, so that memory does not grow with their number.
 */

import type { TrialError } from '../../reports/results.ts'
import { placeOf, type Tally } from '../../reports/summary.ts'
import type { TrialCache } from './cache.ts'
import { Kept } from './kept.ts'
import { Lane } from './lane.ts'
import { type Plan, planSweep } from './plan.ts'
import { lastTarget, type Point } from './point.ts'
import { runBatches } from './pool.ts'
import { isFirst, type TrialOutcome } from './trial.ts'
import type { Batch } from './worker.ts'

export interface SweepOptions<T> {
  readonly threads: number
  readonly signal: AbortSignal
  /** null: nothing is reused or kept. */
  readonly cache: TrialCache | null
  readonly onPlan: (plan: Plan) => void
  /** So many more trials are done; of these, so many errored. */
  readonly onTrials: (done: number, failed: number) => void
  /** Told of the threads' end, where the caller goes on before it; absent: it is awaited. */
  readonly linger?: ((gone: Promise<void>) => void) | undefined
  /** What is kept of a point. */
  readonly summarize: (point: Point, tally: Tally) => T
}

export interface SweepOutcome<T> {
  readonly points: { readonly summary: T; readonly replications: number }[]
  /** The first trial of each policy at the first point, with its decisions and jobs, by policy. */
  readonly first: TrialOutcome[]
  /** By point, replication and policy. */
  readonly errors: (Omit<TrialError, 'policy'> & { policy: number })[]
  /** Of all trials. */
  readonly trials: number
  readonly jobs: number
  readonly events: number
  readonly reused: number
  /** Why finished trials could not be kept, where that is so. */
  readonly cacheError: string | null
}

/** A message costs about 50 µs: batches of this length make that nothing. */
const batchMs = 25
/** So many trials at most, while nobody knows how long those of a point take. */
const mostUnknown = 16

export async function runSweep<T>(points: readonly Point[], options: SweepOptions<T>): Promise<SweepOutcome<T>> {
  const kept = new Kept(points, options.cache)
  const plan = planSweep(points, kept)
  options.onPlan(plan)
  kept.remember()
  const most = points.reduce((sum, point) => sum + lastTarget(point) * point.scenario.policies.length, 0)
  const threads = Math.max(1, Math.min(options.threads, most - plan.reused))
  const sweep = new Sweep(points, kept, { ...options, threads }, plan.trials - plan.reused)
  await runBatches({
    threads,
    signal: options.signal,
    isSure: plan.trials > plan.reused,
    linger: options.linger,
    next: () => sweep.next(),
    settle: outcomes => sweep.settle(outcomes),
  })
  return sweep.outcome()
}

/** Who runs when, and what comes of it: asked for batches, told of their outcomes. */
export class Sweep<T> {
  private readonly kept: Kept
  private readonly options: SweepOptions<T>
  /** Not begun; those with the most work come first, so that none of them is left over when the others are done. */
  private readonly waiting: Point[]
  /** Points with trials that are missing, or under way. */
  private readonly lanes = new Map<number, Lane>()
  private readonly points: { summary: T; replications: number }[] = []
  private readonly first: TrialOutcome[] = []
  private readonly errors: SweepOutcome<T>['errors'] = []
  private readonly totals = { trials: 0, jobs: 0, events: 0, reused: 0 }
  /** Trials that nobody has taken yet, as far as is known. */
  private missing: number
  /** Mean time of the trials that ended last. */
  private meanMs = Number.NaN

  constructor(points: readonly Point[], kept: Kept, options: SweepOptions<T>, missing: number) {
    this.waiting = [...points].sort((a, b) => b.weight - a.weight || a.index - b.index)
    this.kept = kept
    this.options = options
    this.missing = missing
  }

  /** Trials of one point: a batch carries its model. */
  next(): Batch | null {
    for (;;) {
      for (const lane of this.lanes.values()) {
        const keys = lane.take(this.size(lane))
        if (keys.length === 0) continue
        this.missing = Math.max(0, this.missing - keys.length)
        return { ...lane.point.work(), keys }
      }
      const point = this.waiting.shift()
      if (point === undefined) return null
      this.open(point)
    }
  }

  settle(outcomes: readonly TrialOutcome[]): void {
    const { point } = outcomes[0]
    const lane = this.lanes.get(point) as Lane
    this.kept.keep(point, outcomes)
    lane.settle(outcomes)
    this.meanMs = lane.meanMs
    for (const outcome of outcomes) this.count(outcome)
    this.options.onTrials(outcomes.length, outcomes.filter(outcome => outcome.error !== undefined).length)
    this.goOn(lane)
  }

  outcome(): SweepOutcome<T> {
    const { points, first, errors, totals, kept } = this
    errors.sort((a, b) => a.point - b.point || a.replication - b.replication || a.policy - b.policy)
    return { points, first, errors, ...totals, cacheError: kept.error }
  }

  /** Large enough to be worth a message, and small towards the end, so that the threads end together. */
  private size({ meanMs }: Lane): number {
    const known = batchMs / Math.max(0.01, Number.isNaN(meanMs) ? this.meanMs : meanMs)
    const wanted = Number.isNaN(known) ? 1 : Number.isNaN(meanMs) ? Math.min(mostUnknown, known) : known
    return Math.max(1, Math.min(Math.ceil(wanted), Math.ceil(this.missing / (2 * this.options.threads))))
  }

  private open(point: Point): void {
    const lane = new Lane(point)
    this.lanes.set(point.index, lane)
    let reused = 0
    for (const policy of point.scenario.policies.keys())
      for (const outcome of this.kept.trialsOf(point.index, policy)) {
        if (!lane.reuse(outcome)) continue
        this.count(outcome)
        reused++
      }
    this.reuse(reused)
    this.goOn(lane)
  }

  private reuse(trials: number): void {
    this.totals.reused += trials
    if (trials > 0) this.options.onTrials(trials, 0)
  }

  /** A point with nothing left to do wants more replications, or is over. */
  private goOn(lane: Lane): void {
    while (lane.isDone) {
      const before = lane.target
      const ready = lane.extend()
      if (ready === null) {
        this.close(lane)
        return
      }
      for (const outcome of ready) this.count(outcome)
      this.reuse(ready.length)
      this.missing += (lane.target - before) * lane.point.scenario.policies.length - ready.length
    }
  }

  private close({ point, tally, target }: Lane): void {
    this.points[point.index] = { summary: this.options.summarize(point, tally), replications: target }
    this.lanes.delete(point.index)
  }

  private count(outcome: TrialOutcome): void {
    const { row, error, point, policy, replication } = outcome
    this.totals.trials++
    if (row !== undefined) {
      this.totals.jobs += row[submitted]
      this.totals.events += row[events]
    }
    if (isFirst(outcome)) this.first[policy] = outcome
    if (error !== undefined) this.errors.push({ point, policy, replication, ...error })
  }
}

const submitted = placeOf('submitted')
const events = placeOf('events')
