/** What a run of the reference leaves behind, in the words of engine/result.ts, as plain objects. */
import type { JobTally } from '../../engine/result.ts'
import { emissions } from './carbon.ts'
import { type JobReport, reportJob } from './job-report.ts'
import { integrate, type Piece } from './measure.ts'
import type { Decision, LogRow } from './notes.ts'
import { coreMilliOf } from './progress.ts'
import { aliveStages, type World } from './world.ts'

export interface ReferenceResult {
  endS: number
  log: LogRow[]
  decisions: Decision[]
  /** By (submitTime, workload, ordinal). */
  jobs: JobReport[]
  total: JobTally
  measured: JobTally
  samples: Record<'latency' | 'waitTime' | 'responseTime' | 'boundedSlowdown', number[]>
  /** By cluster, from warm-up to the end. */
  clusters: Record<
    'energyJ' | 'emissionsG' | 'idleEnergyJ' | 'busyCoreS' | 'upCoreS' | 'capacityCoreS' | 'placements',
    number[]
  >
  waitingJobS: number
  systemJobS: number
  sojournS: number
  lostAttempts: number
  wastedCoreS: number
  contendedCoreS: number
  strandedCoreS: number
  shadowPlacements: number
  history: Piece[]
}

export function report(world: World, history: Piece[], endS: number): ReferenceResult {
  const jobs = [...world.ended, ...world.alive]
    .sort((a, b) => a.submitS - b.submitS || a.workload - b.workload || a.ordinal - b.ordinal)
    .map(job => reportJob(world, job, endS))
  const warmupS = world.mutation === 'warm-up ignored' ? 0 : world.model.warmupS
  const measured = jobs.filter(job => job.submitTime >= warmupS)
  return {
    endS,
    log: world.log,
    decisions: world.decisions,
    jobs,
    total: tally(world, jobs),
    measured: tally(world, measured),
    samples: sample(measured.filter(job => job.outcome === 'completed')),
    clusters: clusterTallies(world, history, warmupS, endS),
    waitingJobS: integrate(history, piece => piece.waiting, 0, endS),
    systemJobS: integrate(history, piece => piece.system, 0, endS),
    sojournS: [...world.ended, ...world.alive].reduce((sum, job) => sum + Math.min(job.endS, endS) - job.submitS, 0),
    lostAttempts: world.lostAttempts,
    wastedCoreS: world.wastedCoreS + lostNotYetRemoved(world),
    contendedCoreS: whileQueued(history, endS, piece => sum(piece.upCores)),
    strandedCoreS: whileQueued(history, endS, piece => sum(piece.upCores) - sum(piece.busyCores)),
    shadowPlacements: world.shadowPlacements,
    history,
  }
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)

/** The integral over the pieces in which anything waits to be placed. */
const whileQueued = (history: Piece[], endS: number, of: (piece: Piece) => number): number =>
  integrate(history, piece => (piece.queued > 0 ? of(piece) : 0), 0, endS)

function tally({ model }: World, jobs: JobReport[]): JobTally {
  const count = (of: (job: JobReport) => boolean) => jobs.filter(of).length
  const hasDeadline = (job: JobReport) => model.workloads.deadlineS[job.workload] < Infinity
  const censored = count(job => hasDeadline(job) && job.outcome === 'unfinished' && !job.deadlineMissed)
  return {
    submitted: jobs.length,
    completed: count(job => job.outcome === 'completed'),
    failed: count(job => job.outcome === 'failed'),
    rejected: 0,
    cancelled: count(job => job.outcome === 'cancelled'),
    unfinished: count(job => job.outcome === 'unfinished'),
    deadlines: count(hasDeadline) - censored,
    deadlineMisses: count(job => job.deadlineMissed),
    censored,
  }
}

function sample(completed: JobReport[]): ReferenceResult['samples'] {
  const sorted = (of: (job: JobReport) => number) => completed.map(of).sort((a, b) => a - b)
  const response = (job: JobReport) => job.waitTime + job.runTime
  return {
    latency: sorted(job => job.latency),
    waitTime: sorted(job => job.waitTime),
    responseTime: sorted(response),
    boundedSlowdown: sorted(job => Math.max(1, response(job) / Math.max(job.runTime, 10))),
  }
}

function clusterTallies(world: World, history: Piece[], fromS: number, endS: number): ReferenceResult['clusters'] {
  const each = (of: (piece: Piece) => number[]) =>
    world.placements.map((_, cluster) => integrate(history, piece => of(piece)[cluster], fromS, endS))
  const cores = world.placements.map(() => 0)
  for (const node of world.nodes) cores[node.cluster] += coreMilliOf(world, node) / 1000
  return {
    energyJ: each(piece => piece.watts),
    emissionsG: world.placements.map((_, cluster) => emissions(world, history, cluster, fromS, endS)),
    idleEnergyJ: each(piece => piece.idleWatts),
    busyCoreS: each(piece => piece.busyCores),
    upCoreS: each(piece => piece.upCores),
    capacityCoreS: cores.map(count => count * Math.max(0, endS - fromS)),
    placements: world.placements,
  }
}

/** Core-seconds of attempts that were lost, though nobody knows it yet. */
const lostNotYetRemoved = (world: World): number =>
  aliveStages(world)
    .flatMap(stage => stage.placed)
    .filter(attempt => attempt.lost)
    .reduce((sum, attempt) => sum + attempt.burntCoreS, 0)
