/** One point of a sweep while its trials run: which are missing, and what those that ended add up to. */
import { findMetric } from '../../engine/metrics.ts'
import { intervalOf } from '../../engine/statistics/moments.ts'
import { placeOfMetric, Tally } from '../../reports/summary.ts'
import { firstTarget, lastTarget, type Point } from './point.ts'
import type { TrialKey, TrialOutcome } from './trial.ts'

export class Lane {
  readonly point: Point
  readonly tally: Tally
  /** Replications that are wanted by now. */
  target: number
  /** Mean time of its trials of late, milliseconds; NaN where none is known. */
  meanMs = Number.NaN
  private readonly policies: number
  /** By replication and policy: 1 where a trial has ended or is under way. */
  private readonly taken: Uint8Array
  /** Before this place all are taken. */
  private next = 0
  private underWay = 0
  /** Trials that are there beyond the target. */
  private readonly later: TrialOutcome[] = []

  constructor(point: Point) {
    this.point = point
    this.policies = point.scenario.policies.length
    this.tally = new Tally(this.policies, point.scenario.clusters.length)
    this.target = firstTarget(point)
    this.taken = new Uint8Array(this.policies * lastTarget(point))
  }

  /** Takes in a trial that is there already; says whether it is wanted by now. */
  reuse(outcome: TrialOutcome): boolean {
    if (outcome.replication >= this.target) {
      if (outcome.replication < lastTarget(this.point)) this.later.push(outcome)
      return false
    }
    this.taken[outcome.replication * this.policies + outcome.policy] = 1
    this.meanMs = outcome.wallMs
    this.add(outcome)
    return true
  }

  /** Up to so many trials that are missing; they are under way then. */
  take(most: number): TrialKey[] {
    const keys: TrialKey[] = []
    const end = this.target * this.policies
    for (; this.next < end && keys.length < most; this.next++) {
      if (this.taken[this.next] === 1) continue
      this.taken[this.next] = 1
      const policy = this.next % this.policies
      keys.push({ point: this.point.index, policy, replication: (this.next - policy) / this.policies })
    }
    this.underWay += keys.length
    return keys
  }

  /** Takes in trials that were under way. */
  settle(outcomes: readonly TrialOutcome[]): void {
    this.underWay -= outcomes.length
    this.meanMs = outcomes.reduce((sum, outcome) => sum + outcome.wallMs, 0) / outcomes.length
    for (const outcome of outcomes) this.add(outcome)
  }

  /** Nothing is under way and nothing is missing. */
  get isDone(): boolean {
    return this.underWay === 0 && this.isAllTaken()
  }

  /** Wants more replications where an interval is still too wide; gives those that are there already, or null where it wants none. */
  extend(): TrialOutcome[] | null {
    const until = this.point.scenario.replicationsUntil
    if (until === null || !this.point.random || this.target >= until.max || this.isNarrow(until)) return null
    this.target = Math.min(until.max, this.target + until.batch)
    const ready = this.later.splice(0)
    return ready.filter(outcome => this.reuse(outcome))
  }

  private add({ policy, replication, row, curves }: TrialOutcome): void {
    this.tally.add(policy, replication, row ?? null, curves)
  }

  private isAllTaken(): boolean {
    while (this.next < this.target * this.policies && this.taken[this.next] === 1) this.next++
    return this.next === this.target * this.policies
  }

  /** Whether the interval of the metric is narrow enough for every policy; what cannot be estimated never is. */
  private isNarrow({ metric: name, halfWidth }: { metric: string; halfWidth: number }): boolean {
    const metric = findMetric(name)
    if (metric === undefined) return true
    return this.point.scenario.policies.every((_, policy) => {
      const { estimate, low, high } = intervalOf(this.tally.column(policy, placeOfMetric(metric.name)))
      return (high - low) / 2 <= halfWidth * Math.abs(estimate)
    })
  }
}
