/** Job by job, for the report: predicted against observed latency, and how many lie within the calibration's noise. */
import type { Model } from '../../engine/index.ts'
import { normalQuantile } from '../../engine/statistics/normal.ts'
import { floorS } from './calibrate/nodes.ts'
import { type Pairs, pick, type Side } from './sides.ts'
import type { JobSample } from './verification.ts'

/** Coefficients of variation of a single run time and start-up, as a calibration found them. */
export interface Noise {
  runTime: number
  startUp: number
}

const mostJobs = 600

/** At most 600 jobs, evenly over the order of submission. */
export function sampleOf(model: Model, predicted: Side, observed: Side, pairs: Pairs, noise: Noise | null): JobSample {
  const count = pairs.observed.length
  const step = Math.max(1, Math.ceil(count / mostJobs))
  const kept = [...pairs.observed.keys()].filter(i => i % step === 0)
  const rows = kept.map(i => pairs.observed[i])
  const { jobs } = observed
  return {
    workload: rows.map(row => model.workloads.names[jobs.workload[row]]),
    job: rows.map(row => jobs.ordinal[row]),
    cluster: rows.map(row => model.clusters.names[jobs.cluster[row]]),
    submitS: rows.map(row => jobs.submitTime[row]),
    predictedS: kept.map(i => predicted.jobs.latency[pairs.predicted[i]]),
    observedS: rows.map(row => jobs.latency[row]),
    omitted: count - kept.length,
    coverage: noise === null || count === 0 ? null : coverage(predicted, observed, pairs, noise),
  }
}

/** Share of the jobs whose latency differs by less than the noise of their run time and start-up explains, at 95 %. */
function coverage(predicted: Side, observed: Side, pairs: Pairs, { runTime, startUp }: Noise): number {
  const runS = pick(predicted.parts.runTime, pairs.predicted)
  const startS = pick(predicted.parts.startUp, pairs.predicted)
  const before = pick(predicted.jobs.latency, pairs.predicted)
  const after = pick(observed.jobs.latency, pairs.observed)
  const z = normalQuantile(0.975)
  let covered = 0
  for (let i = 0; i < before.length; i++)
    if (Math.abs(before[i] - after[i]) <= z * Math.hypot(runTime * Math.max(runS[i], floorS), startUp * startS[i]))
      covered++
  return covered / before.length
}
