/** Holds what the engine left behind against the reference, and says where the first difference is. */
import type { EventLog } from '../../engine/log.ts'
import { type JobRecords, outcomes, type RunResult } from '../../engine/result.ts'
import { compareDecisions, compareLogs } from './compare-log.ts'
import { compareSeries } from './compare-series.ts'
import { compareExactly, compareNearly } from './compare-values.ts'
import type { ReferenceResult } from './report.ts'

type EngineResult = RunResult & { log?: EventLog }

/** What differs first, in words; null: nothing. */
export function firstDifference(engine: EngineResult, reference: ReferenceResult): string | null {
  const { log, jobs, decisions } = engine
  if (!log || !jobs || !decisions) throw new Error('record events, jobs and decisions to compare them')
  return (
    compareLogs(log, reference.log) ??
    compareDecisions(decisions, reference.decisions) ??
    compareJobs(jobs, reference.jobs) ??
    compareExactly('end of the run', engine.endS, reference.endS) ??
    compareTallies(engine, reference) ??
    compareSamples(engine, reference) ??
    compareIntegrals(engine, reference) ??
    compareSeries(engine.series, reference)
  )
}

function compareJobs(jobs: JobRecords, expected: ReferenceResult['jobs']): string | null {
  for (let i = 0; i < Math.max(jobs.workload.length, expected.length); i++) {
    const actual = i < jobs.workload.length ? jobRow(jobs, i) : null
    const difference = compareExactly(`job record ${i}`, actual, expected[i] ?? null)
    if (difference !== null) return difference
  }
  return null
}

const jobRow = (jobs: JobRecords, i: number): ReferenceResult['jobs'][number] => ({
  workload: jobs.workload[i],
  ordinal: jobs.ordinal[i],
  submitTime: jobs.submitTime[i],
  waitTime: jobs.waitTime[i],
  runTime: jobs.runTime[i],
  latency: jobs.latency[i],
  outcome: outcomes[jobs.outcome[i]] as ReferenceResult['jobs'][number]['outcome'],
  cluster: jobs.cluster[i],
  originCluster: jobs.originCluster[i],
  deadlineMissed: jobs.deadlineMissed[i] === 1,
  attempts: jobs.attempts[i],
})

function compareTallies(engine: EngineResult, reference: ReferenceResult): string | null {
  for (const key of ['total', 'measured'] as const) {
    for (const [name, expected] of Object.entries(reference[key])) {
      const difference = compareExactly(`${key}.${name}`, engine[key][name as 'submitted'], expected)
      if (difference !== null) return difference
    }
  }
  return (
    compareExactly('lostAttempts', engine.lostAttempts, reference.lostAttempts) ??
    compareExactly('shadowPlacements', engine.shadowPlacements, reference.shadowPlacements) ??
    compareExactly('placements', [...engine.clusters.placements], reference.clusters.placements)
  )
}

function compareSamples(engine: EngineResult, reference: ReferenceResult): string | null {
  for (const [name, expected] of Object.entries(reference.samples)) {
    const actual = engine.samples[name as 'latency']
    let difference = compareExactly(`number of samples of ${name}`, actual.length, expected.length)
    for (const [i, value] of expected.entries()) difference ??= compareNearly(`samples.${name}[${i}]`, actual[i], value)
    if (difference !== null) return difference
  }
  return null
}

function compareIntegrals(engine: EngineResult, reference: ReferenceResult): string | null {
  for (const name of [
    'waitingJobS',
    'systemJobS',
    'sojournS',
    'wastedCoreS',
    'contendedCoreS',
    'strandedCoreS',
  ] as const) {
    const difference = compareNearly(name, engine[name], reference[name])
    if (difference !== null) return difference
  }
  for (const [name, expected] of Object.entries(reference.clusters)) {
    for (const [cluster, value] of expected.entries()) {
      const actual = engine.clusters[name as 'energyJ'][cluster]
      const difference = compareNearly(`${name} of cluster ${cluster}`, actual, value)
      if (difference !== null) return difference
    }
  }
  return null
}
