import type { Scenario, ScenarioWorkload } from './scenario/scenario.ts'

/**
 * The declared warm-up, seconds, where a scenario is steady but for its begin; null where it declares none (a run that
 * is meant to begin empty), runs until it has drained, or changes on the way: a failure at a set time or upon a
 * condition, a trace, a day's course, arrivals that begin late or end early. What follows such a change is no warm-up.
 */
export function steadyAfter({ horizonS, warmupS, failures, triggers, workloads }: Scenario): number | null {
  if (horizonS === null || warmupS === 0 || failures.length > 0 || triggers.length > 0) return null
  return workloads.every(workload => isSteady(workload, horizonS)) ? warmupS : null
}

function isSteady({ arrivals }: ScenarioWorkload, horizonS: number): boolean {
  if (arrivals.process === 'trace' || arrivals.process === 'diurnal') return false
  return arrivals.fromS === 0 && (arrivals.untilS ?? horizonS) >= horizonS && arrivals.maxJobs === null
}
