/** What becomes of a job: the engine runs it on the fabric as it is now, as often as its luck makes that worth while. */
import { simulate } from '../../engine/index.ts'
import type { Model } from '../../engine/model.ts'
import { type Planned, planJobs } from '../../engine/planning.ts'
import type { PolicyEntry } from '../../engine/policies/policy.ts'
import type { RunResult } from '../../engine/result.ts'
import type { PlanningFabric } from './fabric.ts'
import type { Prediction, Quantity } from './plan.ts'

/**
 * Of jobs with anything left to luck. The next one lies between the least and the greatest of n with a probability of
 * (n − 1) / (n + 1), whatever the distribution: 39 / 41 is 95 %.
 */
const luckyReplications = 40

export interface Strategy {
  readonly policy: PolicyEntry
  readonly options: Readonly<Record<string, unknown>>
}

export interface Estimate {
  /** The first replication: where everything goes. */
  readonly planned: Planned
  readonly predicted: Prediction
}

/** What one replication gave; NaN where there is nothing. */
interface Sample {
  readonly latencyS: number
  readonly energyJ: number
  readonly emissionsG: number
  readonly completed: boolean
  readonly missed: boolean
}

/** All that the runs take of the fabric they give back. */
export function estimate(fabric: PlanningFabric, model: Model, strategy: Strategy, isRandom: boolean): Estimate {
  const capacity = fabric.capacityFor(model)
  const record = { jobs: true, series: false }
  const planned = planJobs(model, createPolicy(strategy), { replication: 0, record, capacity })
  const samples = [sampleOf(planned.result)]
  if (isRandom && planned.stuck.length === 0)
    for (let replication = 1; replication < luckyReplications; replication++)
      samples.push(
        sampleOf(simulate(model, createPolicy(strategy), { replication, record: { series: false }, capacity })),
      )
  return { planned, predicted: predictionOf(samples, Number.isFinite(model.workloads.deadlineS[0])) }
}

/** Of a single job nothing can be filled in behind: that part of a policy has no say, and need not look ahead. */
export const createPolicy = ({ policy, options }: Strategy) =>
  policy.create('backfill' in options ? { ...options, backfill: 'none' } : options)

function sampleOf({ samples, clusters, total }: RunResult): Sample {
  let energyJ = 0
  let emissionsG = 0
  // What is not known of a cluster that has no part in it does not matter.
  for (const [c, joules] of clusters.energyJ.entries()) {
    if (joules === 0) continue
    energyJ += joules
    emissionsG += clusters.emissionsG[c]
  }
  const completed = total.completed === 1
  const latencyS = completed ? samples.latency[0] : Number.NaN
  return { latencyS, energyJ, emissionsG, completed, missed: total.deadlineMisses > 0 }
}

function predictionOf(samples: readonly Sample[], hasDeadline: boolean): Prediction {
  const part = (is: (sample: Sample) => boolean) => samples.filter(is).length / samples.length
  const completed = samples.filter(sample => sample.completed)
  const emissions = samples.map(({ emissionsG }) => emissionsG)
  return {
    latency_ms: completed.length === 0 ? null : quantity(completed.map(({ latencyS }) => latencyS * 1000)),
    energy_j: quantity(samples.map(({ energyJ }) => energyJ)),
    emissions_g: emissions.some(Number.isNaN) ? null : quantity(emissions),
    completes: part(({ completed: is }) => is),
    deadline_miss: hasDeadline ? part(({ missed }) => missed) : null,
    replications: samples.length,
  }
}

function quantity(values: readonly number[]): Quantity {
  const sorted = Float64Array.from(values).sort()
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length
  return { estimate: tidy(mean), low: tidy(sorted[0]), high: tidy(sorted[sorted.length - 1]) }
}

/** Without the last bits, which are rounding: 2.0000000000000004 s is 2 s. */
const tidy = (value: number): number => Number(value.toPrecision(12))
