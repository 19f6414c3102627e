/** Tallies, samples and integrals of one run, and what becomes of them in the end. */
import type { Clock } from './clock.ts'
import { DecisionRows } from './decision-rows.ts'
import { doubled } from './doubled.ts'
import type { ClusterIntegrals, Energy } from './energy.ts'
import { Explanations } from './explanations.ts'
import { JobRows } from './job-rows.ts'
import type { Model } from './model.ts'
import { type JobTally, type Outcome, outcomes, type RunResult } from './result.ts'
import type { RunOptions } from './run.ts'
import { SeriesCollector } from './series.ts'
import { sortNumbers } from './sort-numbers.ts'
import { Stranded } from './stranded.ts'

const emptyTally = (): JobTally => ({
  submitted: 0,
  completed: 0,
  failed: 0,
  rejected: 0,
  cancelled: 0,
  unfinished: 0,
  deadlines: 0,
  deadlineMisses: 0,
  censored: 0,
})

/** A number of things over time and its integral. */
class Level {
  private readonly clock: Clock
  /** Value, its integral up to the last change, and when that was. */
  private readonly state = new Float64Array(3)

  constructor(clock: Clock) {
    this.clock = clock
  }

  change(by: number): void {
    const { state } = this
    const { now } = this.clock
    state[1] += state[0] * (now - state[2])
    state[2] = now
    state[0] += by
  }

  until(now: number): number {
    return this.state[1] + this.state[0] * (now - this.state[2])
  }
}

/** Values of each measured job, a column each, so that one is sorted where it stands. */
class Sample {
  private readonly columns = Array.from({ length: 4 }, () => new Float64Array(1024))
  private length = 0

  push(latencyS: number, waitS: number, responseS: number, slowdown: number): void {
    const { columns, length } = this
    if (length === columns[0].length) for (let i = 0; i < columns.length; i++) columns[i] = doubled(columns[i])
    columns[0][length] = latencyS
    columns[1][length] = waitS
    columns[2][length] = responseS
    columns[3][length] = slowdown
    this.length++
  }

  /** Each column ascending; nothing can be pushed any more. */
  sorted(): Float64Array[] {
    return this.columns.map(column => sortNumbers(column.subarray(0, this.length)))
  }
}

/** How a job ended; times are NaN where there is none. */
export interface JobEnd {
  workload: number
  ordinal: number
  submitS: number
  /** Relative to submission; Infinity without. */
  deadlineS: number
  origin: number
  attempts: number
  /** Of the attempt that completed the job. */
  beginS: number
  runS: number
  cluster: number
  latencyS: number
}

export class Collector {
  readonly total = emptyTally()
  readonly measured = emptyTally()
  readonly waiting: Level
  readonly system: Level
  readonly running: Level
  readonly stranded: Stranded
  lostAttempts = 0
  wastedCoreS = 0
  shadowPlacements = 0
  boots = 0
  readonly placements: Float64Array
  readonly series: SeriesCollector
  private readonly model: Model
  private readonly clock: Clock
  private readonly energy: Energy
  private readonly sample = new Sample()
  /** Σ of the time that each job spent in the system. */
  private readonly sojournS = new Float64Array(1)
  /** Integrals at the end of the warm-up. */
  private baseline: ClusterIntegrals | null = null
  private readonly jobs: JobRows | null
  private readonly decisions: DecisionRows | null
  readonly explanations: Explanations | null

  constructor(model: Model, clock: Clock, energy: Energy, record: NonNullable<RunOptions['record']>) {
    this.model = model
    this.clock = clock
    this.energy = energy
    this.waiting = new Level(clock)
    this.system = new Level(clock)
    this.running = new Level(clock)
    this.stranded = new Stranded(energy, clock)
    this.placements = new Float64Array(model.clusters.count)
    this.series = new SeriesCollector(model.clusters.count, model.horizonS, record.series !== false)
    this.jobs = record.jobs === true ? new JobRows(model) : null
    this.decisions = record.decisions === true ? new DecisionRows(Math.max(256, model.traces.count)) : null
    this.explanations = record.explanations === undefined ? null : new Explanations(record.explanations)
  }

  /** A job is submitted now. */
  submitted(): void {
    this.total.submitted++
    if (this.clock.now >= this.model.warmupS) this.measured.submitted++
    this.system.change(1)
  }

  decided(
    workload: number,
    ordinal: number,
    stage: number,
    attempt: number,
    origin: number,
    node: number,
    score: number,
  ): void {
    this.placements[this.model.nodeCluster[node]]++
    this.explanations?.keep({ time: this.clock.now, workload, ordinal, stage, attempt, node, score })
    if (this.decisions === null) return
    const intensity = this.energy.intensity(this.model.nodeCluster[node])
    this.decisions.push(this.clock.now, workload, ordinal, stage, attempt, origin, node, score, intensity)
  }

  /** A job left the system, or the run ended with it in it (`unfinished`). */
  ended(job: JobEnd, outcome: Outcome): void {
    const { now } = this.clock
    const measured = job.submitS >= this.model.warmupS
    const missed = this.missed(job, outcome, now)
    this.tally(this.total, outcome, job, missed)
    if (measured) this.tally(this.measured, outcome, job, missed)
    this.sojournS[0] += now - job.submitS
    if (outcome !== 'unfinished') this.system.change(-1)
    if (outcome === 'completed' && measured) {
      const waitS = job.beginS - job.submitS
      const responseS = waitS + job.runS
      this.sample.push(job.latencyS, waitS, responseS, Math.max(1, responseS / Math.max(job.runS, 10)))
    }
    this.jobs?.note(job, outcomes.indexOf(outcome), missed)
  }

  /** The warm-up is over (or the run, if that is shorter): energy counts from here. */
  warmedUp(at: number): void {
    this.baseline = this.energy.integrals(at)
  }

  noteSeries(): void {
    const at = this.series.nextS
    this.series.note(this.integrals(at), this.energy.integrals(at))
  }

  finish(endS: number, counters: { events: number; decisionPasses: number; visits: number }): RunResult {
    const energy = this.energy.integrals(endS)
    const { clusters, groups } = this.model
    const capacityCoreS = new Float64Array(clusters.count)
    const measuredS = Math.max(0, endS - this.model.warmupS)
    for (let g = 0; g < groups.count; g++)
      capacityCoreS[groups.cluster[g]] +=
        ((groups.nodeStart[g + 1] - groups.nodeStart[g]) * groups.coreMilli[g] * measuredS) / 1000
    const since = (key: keyof ClusterIntegrals) =>
      energy[key].map((value, cluster) => value - (this.baseline === null ? 0 : this.baseline[key][cluster]))
    const [latency, waitTime, responseTime, boundedSlowdown] = this.sample.sorted()
    return {
      endS,
      total: this.total,
      measured: this.measured,
      samples: { latency, waitTime, responseTime, boundedSlowdown },
      clusters: {
        energyJ: since('energyJ'),
        emissionsG: since('emissionsG'),
        cost: since('cost'),
        idleEnergyJ: since('idleEnergyJ'),
        busyCoreS: since('busyCoreS'),
        upCoreS: since('upCoreS'),
        switchedCoreS: since('switchedCoreS'),
        capacityCoreS,
        placements: this.placements,
      },
      series: this.series.finish(endS, this.integrals(endS), energy),
      waitingJobS: this.waiting.until(endS),
      systemJobS: this.system.until(endS),
      sojournS: this.sojournS[0],
      lostAttempts: this.lostAttempts,
      wastedCoreS: this.wastedCoreS,
      contendedCoreS: this.stranded.upCoreS,
      strandedCoreS: this.stranded.upCoreS - this.stranded.busyCoreS,
      shadowPlacements: this.shadowPlacements,
      boots: this.boots,
      ...counters,
      ...(this.jobs === null ? {} : { jobs: this.jobs.records() }),
      ...(this.decisions === null ? {} : { decisions: this.decisions.records() }),
      ...(this.explanations === null ? {} : { explanations: this.explanations.records() }),
    }
  }

  private missed(job: JobEnd, outcome: Outcome, now: number): boolean {
    if (job.deadlineS === Number.POSITIVE_INFINITY) return false
    if (outcome === 'completed') return job.latencyS > job.deadlineS
    return outcome !== 'unfinished' || job.submitS + job.deadlineS <= now
  }

  private tally(tally: JobTally, outcome: Outcome, job: JobEnd, missed: boolean): void {
    count(tally, outcome)
    if (job.deadlineS === Number.POSITIVE_INFINITY) return
    if (outcome === 'unfinished' && !missed) tally.censored++
    else tally.deadlines++
    if (missed) tally.deadlineMisses++
  }

  private integrals(at: number) {
    const { submitted, completed, deadlineMisses } = this.total
    return {
      waitingJobS: this.waiting.until(at),
      runningS: this.running.until(at),
      submitted,
      completed,
      deadlineMisses,
    }
  }
}

/** `tally[outcome]++` for names that V8 does not know beforehand would look them up each time. */
function count(tally: JobTally, outcome: Outcome): void {
  switch (outcome) {
    case 'completed':
      tally.completed++
      break
    case 'failed':
      tally.failed++
      break
    case 'rejected':
      tally.rejected++
      break
    case 'cancelled':
      tally.cancelled++
      break
    default:
      tally.unfinished++
  }
}
