/** Prediction and observation of one policy, brought to one form, and the jobs that can be compared. */
import { type Model, simulate } from '../../engine/index.ts'
import type { ClusterTally, JobRecords, RunResult } from '../../engine/result.ts'
import { policyOf } from '../own-policies/policy-of.ts'
import type { ScenarioPolicy } from '../scenario/scenario.ts'
import { type AttemptRecords, attemptsOf } from './attempts.ts'
import type { Observation } from './observation.ts'
import { type JobParts, partsOf, withModelledStartUp } from './parts.ts'
import { coreSeconds, intensities, joulesPerCoreS, sumByJob, workOf } from './work.ts'

export interface Side {
  jobs: JobRecords
  attempts: AttemptRecords
  parts: JobParts
  clusters: Pick<ClusterTally, 'energyJ' | 'emissionsG' | 'busyCoreS' | 'upCoreS'>
  /** By row of the jobs: core-seconds of all its attempts, the joules that they add to idle nodes, and their grams of CO2e. */
  coreS: Float64Array
  energyJ: Float64Array
  emissionsG: Float64Array
}

/**
 * The prediction of what was executed: the same policy on the same luck. `lateS`: seconds of start-up that are seen at the end, by
 * cluster. Throws what the engine throws.
 */
export function predictedSide(model: Model, policy: ScenarioPolicy, replication: number, lateS?: Float64Array): Side {
  const run = simulate(model, policyOf(policy).create(policy.options), {
    replication,
    compat: model.compat ?? null,
    record: { jobs: true, events: true },
  })
  return simulatedSide(model, run, replication, lateS)
}

/** A side from a recorded run. */
export function simulatedSide(
  model: Model,
  run: ReturnType<typeof simulate>,
  replication: number,
  lateS?: Float64Array,
): Side {
  if (run.jobs === undefined || run.log === undefined) throw new Error('the run must record jobs and events')
  const attempts = withModelledStartUp(model, attemptsOf(run.log), lateS)
  return sideOf(model, { jobs: run.jobs, attempts, clusters: (run as RunResult).clusters }, replication)
}

export const observedSide = (model: Model, observation: Observation): Side =>
  sideOf(model, observation, observation.replication, observation.cpu?.coreS)

function sideOf(
  model: Model,
  { jobs, attempts, clusters }: Pick<Side, 'jobs' | 'attempts' | 'clusters'>,
  replication: number,
  measured?: Float64Array,
): Side {
  const coreS = coreSeconds(model, attempts, workOf(model, replication, attempts), measured)
  const perCoreS = joulesPerCoreS(model, attempts)
  const energyJ = coreS.map((value, row) => value * perCoreS[row])
  const perKwh = intensities(model, attempts)
  // What never ran emits nothing, wherever that was.
  const emissionsG = energyJ.map((value, row) => (value === 0 ? 0 : (value / 3.6e6) * perKwh[row]))
  const byJob = (values: Float64Array) => {
    const sums = sumByJob(attempts, values)
    return jobs.ordinal.map((ordinal, row) => sums.get(`${jobs.workload[row]} ${ordinal}`) ?? 0)
  }
  return {
    jobs,
    attempts,
    clusters,
    parts: partsOf(model, jobs, attempts),
    coreS: byJob(coreS),
    energyJ: byJob(energyJ),
    emissionsG: byJob(emissionsG),
  }
}

/** Rows of the same job on both sides, in order of submission. */
export interface Pairing {
  /** Measured jobs that are on both sides. */
  all: Pairs
  /** Of these, jobs that completed on both. */
  completed: Pairs
}
export interface Pairs {
  predicted: Int32Array
  observed: Int32Array
}

/** Pairs the jobs submitted from warm-up on by workload and ordinal. */
export function pairJobs(model: Model, predicted: JobRecords, observed: JobRecords): Pairing {
  const rows = new Map<string, number>()
  for (const [row, ordinal] of observed.ordinal.entries()) rows.set(`${observed.workload[row]} ${ordinal}`, row)
  const pairs: [number, number][] = []
  for (const [row, ordinal] of predicted.ordinal.entries()) {
    const other = rows.get(`${predicted.workload[row]} ${ordinal}`)
    if (other !== undefined && predicted.submitTime[row] >= model.warmupS) pairs.push([row, other])
  }
  const done = pairs.filter(([p, o]) => !Number.isNaN(predicted.latency[p]) && !Number.isNaN(observed.latency[o]))
  return { all: columns(pairs), completed: columns(done) }
}

const columns = (pairs: readonly [number, number][]): Pairs => ({
  predicted: Int32Array.from(pairs, ([p]) => p),
  observed: Int32Array.from(pairs, ([, o]) => o),
})

/** Those pairs, by their index. */
export function selectPairs({ predicted, observed }: Pairs, holds: (i: number) => boolean): Pairs {
  const kept = [...observed.keys()].filter(holds)
  return {
    predicted: Int32Array.from(kept, i => predicted[i]),
    observed: Int32Array.from(kept, i => observed[i]),
  }
}

export const pick = (values: Float64Array, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, row => values[row])
