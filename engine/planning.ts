/**
 * A run in which it is kept what the policy did and between what it chose: for planners, which ask about one job (of
 * each workload) and want the nodes of each attempt, its times, and the ways that were open.
 */
import { slotState } from './arena.ts'
import { EngineError } from './engine-error.ts'
import { isPlaced } from './jobs.ts'
import { kind, logOf } from './log.ts'
import type { Model } from './model.ts'
import type { Policy } from './policies/policy.ts'
import type { RunResult } from './result.ts'
import type { RunOptions } from './run.ts'
import { Simulation } from './simulation.ts'

/** A group of nodes that a stage could use, as the policy saw it. Seconds; over links that nobody else uses. */
export interface Way {
  readonly group: number
  /** The first node on which a task fits; −1. */
  readonly node: number
  /** False where the origin is known to be cut off from the cluster. */
  readonly reaches: boolean
  readonly outS: number
  readonly startupS: number
  readonly runS: number
  readonly backS: number
}

export interface PlannedAttempt {
  /** Stage of the model, and number of the attempt: 0 the first, then shadows and retries. */
  readonly stage: number
  readonly attempt: number
  readonly standby: boolean
  readonly placedS: number
  /** NaN where it never began, or ended by itself. */
  beginS: number
  endS: number
  /** Whether it completed its stage. */
  won: boolean
  /** What the policy minimised, in its own unit; NaN where it has none. */
  score: number
  readonly tasks: readonly { readonly node: number; readonly tasks: number }[]
  /** What was open to its stage when it was placed. */
  readonly ways: readonly Way[]
}

export interface Planned {
  readonly result: RunResult
  /** In the order of their placement. */
  readonly attempts: readonly PlannedAttempt[]
  /** Stages that waited when nothing could happen any more, and what was open to them then. */
  readonly stuck: readonly { readonly stage: number; readonly ways: readonly Way[] }[]
}

/** Runs a policy on a model whose workloads have one job each to the end. Throws EngineError for misuse and for models that never get on. */
export function planJobs(model: Model, policy: Policy, options: RunOptions): Planned {
  const record = { ...options.record, decisions: true, events: true }
  const planning = new Planning(model, policy.order, { ...options, record })
  while (planning.advance() === 'decision') planning.decide(policy)
  return planning.planned()
}

class Planning extends Simulation {
  private attempts: PlannedAttempt[] = []
  private stuck: Planned['stuck'] = []

  decide(policy: Policy): void {
    const waiting = this.waitingStages()
    policy.decide(this.view)
    this.noteAttempts(new Map(waiting.map(({ stage, ways }) => [stage, ways])))
    this.stuck = waiting.filter(({ slot }) => this.run.arena.state(slot) === slotState.waiting)
  }

  planned(): Planned {
    const result = this.result()
    this.readDecisions(result)
    this.readLog()
    return { result, attempts: this.attempts, stuck: this.stuck }
  }

  private waitingStages() {
    const { arena } = this.run
    const waiting = []
    for (let slot = 0; slot < arena.high; slot++)
      if (arena.state(slot) === slotState.waiting)
        waiting.push({ slot, stage: arena.template(slot), ways: this.waysOf(slot) })
    return waiting
  }

  private waysOf(slot: number): Way[] {
    const { view } = this
    const { classes, groups } = view.model
    const stageClass = view.classOf(slot)
    const open = classes.groups.subarray(classes.groupStart[stageClass], classes.groupStart[stageClass + 1])
    return Array.from(open, group => {
      const cluster = groups.cluster[group]
      return {
        group,
        node: view.firstFitIn(slot, group),
        reaches: view.reaches(slot, cluster),
        outS: view.wayOut(slot, cluster),
        startupS: groups.startupS[group],
        runS: view.runTimeOn(slot, group),
        backS: view.wayBack(slot, cluster),
      }
    })
  }

  /** Attempts that were not there before the decision. */
  private noteAttempts(waysOf: ReadonlyMap<number, readonly Way[]>): void {
    const { arena, now } = this.run
    for (let slot = 0; slot < arena.high; slot++) {
      if (!isPlaced(arena.state(slot))) continue
      const stage = arena.template(slot)
      const attempt = arena.number(slot)
      if (this.attempts.some(known => known.stage === stage && known.attempt === attempt)) continue
      this.attempts.push({
        stage,
        attempt,
        standby: arena.standby(slot) === 1,
        placedS: now,
        beginS: Number.NaN,
        endS: Number.NaN,
        won: false,
        score: Number.NaN,
        tasks: this.entriesOf(slot),
        ways: waysOf.get(stage) ?? [],
      })
    }
  }

  private entriesOf(slot: number) {
    const { arena } = this.run
    const entries = []
    for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry))
      entries.push({ node: arena.node(entry), tasks: arena.tasks(entry) })
    return entries
  }

  /** Puts the attempts in the order in which they were decided. */
  private readDecisions({ decisions }: RunResult): void {
    if (decisions === undefined) return
    this.attempts = Array.from(decisions.score, (score, row) => {
      const attempt = this.attemptOf(decisions.stage[row], decisions.attempt[row])
      attempt.score = score
      return attempt
    })
  }

  private readLog(): void {
    if (this.log === null) return
    const log = logOf(this.log)
    log.kind.forEach((what, row) => {
      if (what !== kind.begin && what !== kind.finish && what !== kind.fault) return
      const attempt = this.attemptOf(log.stage[row], log.attempt[row])
      if (what === kind.begin) attempt.beginS = log.time[row]
      else attempt.endS = log.time[row]
      attempt.won = what === kind.finish
    })
  }

  private attemptOf(stage: number, number: number): PlannedAttempt {
    const found = this.attempts.find(known => known.stage === stage && known.attempt === number)
    if (found === undefined) throw new EngineError(`planning: attempt ${number} of stage ${stage} was never seen`)
    return found
  }
}
