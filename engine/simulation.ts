/**
 * The loop: one run of one policy on one model. `advance` goes from decision point to decision point; at each the
 * policy is asked through `view`. ARCHITECTURE.md says what every event means.
 */
import { slotState } from './arena.ts'
import { attemptBefore, begin, endAttempt, passShare, waste } from './attempts.ts'
import { eventKind, kindsInOrder } from './calendar.ts'
import { timerOver } from './deferral.ts'
import { EngineError } from './engine-error.ts'
import { kindBits, kindMask } from './event-heap.ts'
import { fail, failMember, repair, repairMember, scheduleFailures } from './failures.ts'
import { arrive, cancelJob, leave } from './jobs.ts'
import { detectCut } from './link-failures.ts'
import type { Rows } from './log.ts'
import { messageOver } from './messages.ts'
import type { Model } from './model.ts'
import { detect } from './node-failures.ts'
import type { Order, Pass } from './policies/policy.ts'
import type { RunResult } from './result.ts'
import { Run, type RunOptions } from './run.ts'
import { fire, observe, rearm, repairTriggered } from './triggers.ts'

export type { RunOptions } from './run.ts'

/** More rounds at one instant than this mean that the model never gets on. */
const maxRounds = 10_000

const isOfAttempts = (what: number): boolean => what === eventKind.end || what === eventKind.begin

/** What happens at an event to its entity, at the index of its kind. */
export const happen: readonly ((run: Run, entity: number) => void)[] = kindsInOrder({
  told: (run, fact) => run.outside?.happened(fact),
  share: passShare,
  end: endAttempt,
  transfer: (run, pair) => run.network.finish(pair, (owner, kind) => messageOver(run, owner, kind, pair)),
  failure: fail,
  randomFailure: failMember,
  trigger: fire,
  repair,
  randomRepair: repairMember,
  triggerRepair: repairTriggered,
  detection: detect,
  linkDetection: detectCut,
  cancel: cancelJob,
  begin,
  rearm,
  timer: timerOver,
})

export class Simulation {
  readonly view: Pass
  protected readonly run: Run
  private warm = false
  protected done = false
  private rounds = 0
  protected events = 0
  protected decisionPasses = 0
  /** Slots due at one instant, their generations, and the order in which they come. */
  private readonly due: number[] = []
  private readonly dueGeneration: number[] = []
  private readonly dueOrder: number[] = []

  constructor(model: Model, order: Order, options: RunOptions) {
    this.run = new Run(model, order, options)
    this.view = this.run.view
    scheduleFailures(this.run)
    observe(this.run)
  }

  /** The event log, where it was asked for. */
  get log(): Rows | null {
    return this.run.log
  }

  /** Runs on to the next point at which a policy should be asked, or to the end. */
  advance(): 'decision' | 'done' {
    const { run } = this
    const { horizonS } = run.model
    if (run.takeOpenPass()) {
      this.decisionPasses++
      return 'decision'
    }
    while (!this.done) {
      const next = this.nextInstant()
      if (next > horizonS || next === Number.POSITIVE_INFINITY || this.drained(next)) {
        this.finish(Number.isFinite(horizonS) ? horizonS : run.now)
        break
      }
      run.clock.due = next
      this.round()
      if (run.isDecisionDue()) {
        this.decisionPasses++
        return 'decision'
      }
    }
    return 'done'
  }

  /** What the run left behind; only after `advance` answered `done`. */
  result(): RunResult {
    if (!this.done) throw new EngineError('the run is not over: advance() until it answers done')
    const { events, decisionPasses, run } = this
    return run.collector.finish(run.now, { events, decisionPasses, visits: run.capacity.visits })
  }

  /** When something happens next. */
  protected nextInstant(): number {
    const { run } = this
    const next = this.nextTime()
    if (next <= run.now || run.triggers.count === 0) return next
    // The instant is over: conditions are looked at, which may bring about more at it.
    observe(run)
    return this.nextTime()
  }

  /** Whether a run without a horizon is over: nothing is left to do, now or later. */
  protected drained(next: number): boolean {
    const { run } = this
    return (
      run.alive === 0 &&
      run.arrivals.topTime === Number.POSITIVE_INFINITY &&
      next > run.now &&
      run.model.horizonS === Number.POSITIVE_INFINITY
    )
  }

  /** Time of the next event that still means something. */
  private nextTime(): number {
    const { run } = this
    const { calendar, arrivals } = run
    while (calendar.topTime !== Number.POSITIVE_INFINITY && run.stale(calendar.topCode, calendar.topGeneration))
      calendar.pop()
    return Math.min(calendar.topTime, arrivals.topTime)
  }

  /** One round at the time t that is due: all events of that instant, in the order of their kinds, then arrivals. */
  protected round(): void {
    const { run } = this
    const { calendar, arrivals } = run
    const t = run.clock.due
    this.beginRound()
    while (calendar.topTime === t) {
      const code = calendar.topCode
      const generation = calendar.topGeneration
      calendar.pop()
      if (run.stale(code, generation)) continue
      const what = code & kindMask
      run.kindNow = what
      const more = calendar.topTime === t && (calendar.topCode & kindMask) === what
      if (more && (isOfAttempts(what) || what === eventKind.cancel)) this.happenInOrder(t, code, generation)
      else {
        this.events++
        happen[what](run, code >> kindBits)
      }
    }
    run.endRound()
    for (; arrivals.topTime === t; this.events++) arrive(run)
  }

  protected beginRound(): void {
    const { run } = this
    const t = run.clock.due
    if (t > run.now) this.rounds = 0
    else if (++this.rounds > maxRounds) throw new EngineError(`${maxRounds} rounds at ${t} s: the run does not get on`)
    this.passBoundaries()
    run.clock.now = t
    run.inRound = true
  }

  /** Attempts that end (or begin) at one instant, put in order: their slots say nothing about it. */
  private happenInOrder(t: number, code: number, generation: number): void {
    const { due, dueGeneration, dueOrder, run } = this
    const { calendar } = run
    const what = code & kindMask
    due[0] = code >> kindBits
    dueGeneration[0] = generation
    dueOrder.length = 1
    dueOrder[0] = 0
    for (; calendar.topTime === t && (calendar.topCode & kindMask) === what; calendar.pop()) {
      if (run.stale(calendar.topCode, calendar.topGeneration)) continue
      const index = dueOrder.length
      due[index] = calendar.topCode >> kindBits
      dueGeneration[index] = calendar.topGeneration
      dueOrder.push(index)
    }
    dueOrder.sort((a, b) => (attemptBefore(run, due[a], due[b]) ? -1 : 1))
    // One that ends may take another with it: the loser of a race, the rest of a failed job.
    for (const index of dueOrder) {
      if (run.stale((due[index] << kindBits) | what, dueGeneration[index])) continue
      this.events++
      happen[what](run, due[index])
    }
  }

  /** Notes what is integrated up to the boundaries of warm-up, intensities and series that lie at or before the instant that is due. */
  private passBoundaries(): void {
    const { clock, collector, energy, model } = this.run
    const t = clock.due
    while (energy.nextStepS <= t || collector.series.nextS <= t || (!this.warm && model.warmupS <= t)) {
      const warmS = this.warm ? Number.POSITIVE_INFINITY : model.warmupS
      if (energy.nextStepS <= collector.series.nextS && energy.nextStepS <= warmS) energy.passStep()
      else if (collector.series.nextS <= warmS) collector.noteSeries()
      else {
        this.warm = true
        collector.warmedUp(model.warmupS)
      }
    }
  }

  protected finish(endS: number): void {
    const { run } = this
    run.clock.due = endS
    this.passBoundaries()
    if (!this.warm) run.collector.warmedUp(endS)
    run.clock.now = endS
    this.done = true
    const { arena } = run
    for (let job = run.waiting.unshelve(); job >= 0; job = run.waiting.unshelve()) {
      leave(run, job, 'unfinished')
      arena.release(job)
    }
    const { high } = arena
    for (let slot = 0; slot < high; slot++) {
      if (arena.state(slot) === slotState.free || arena.state(slot) === slotState.entry) continue
      if (arena.state(slot) === slotState.lost) waste(run, slot)
      if (arena.stage(slot) === slot && arena.job(slot) === slot) leave(run, slot, 'unfinished')
    }
  }
}
