/** What each workload asks of the fabric, as declared and as scaled down for real clusters. */
import type { Model } from '../engine/index.ts'
import type { Results } from '../reports/results.ts'
import { meanOf } from './compile/distributions.ts'
import { meanRate } from './compile/mean-rate.ts'
import type { Scenario, ScenarioWorkload } from './scenario/scenario.ts'

export function demandOf(scenario: Scenario, model: Model): Results['demand'] {
  return scenario.workloads.map(workload => {
    const { jobs, coreS } =
      workload.arrivals.process === 'trace' ? ofTrace(workload, model) : ofProcess(workload, scenario)
    const coreHours = coreS / 3600
    return { workload: workload.name, jobs, coreHours, scaledCoreHours: coreHours / scenario.scaling, peakCores: null }
  })
}

/** Stages that a run may expect, but for those of traces: what its time follows. */
export const expectedStages = (scenario: Scenario): number =>
  scenario.workloads.reduce((sum, workload) => sum + ofProcess(workload, scenario).jobs * workload.stages.length, 0)

/** Expected jobs and core-seconds at speed 1. */
function ofProcess(workload: ScenarioWorkload, scenario: Scenario): { jobs: number; coreS: number } {
  const { arrivals } = workload
  if (arrivals.process === 'trace') return { jobs: 0, coreS: 0 }
  const { fromS, untilS, maxJobs } = arrivals
  const end = Math.min(untilS ?? Number.POSITIVE_INFINITY, scenario.horizonS ?? Number.POSITIVE_INFINITY)
  const jobs = Math.min(maxJobs ?? Number.POSITIVE_INFINITY, meanRate(workload) * Math.max(0, end - fromS))
  const perJob = workload.stages.reduce(
    (sum, { duration, tasks, cpuMilli }) =>
      sum + (duration === null ? 0 : meanOf(duration) * tasks * (cpuMilli / 1000)),
    0,
  )
  return { jobs, coreS: jobs * perJob }
}

function ofTrace(workload: ScenarioWorkload, model: Model): { jobs: number; coreS: number } {
  const { classes, traces, workloads } = model
  const w = workloads.names.indexOf(workload.name)
  let jobs = 0
  let coreS = 0
  for (let row = workloads.traceStart[w]; row < workloads.traceStart[w + 1]; row++) {
    if (traces.submitS[row] > model.horizonS) continue
    const stageClass = traces.class[row]
    jobs++
    coreS += (traces.runS[row] * classes.tasks[stageClass] * classes.cpuMilli[stageClass]) / 1000
  }
  return { jobs, coreS }
}
