import type { Model } from '../../engine/index.ts'
import type { Heuristic } from '../../reports/results.ts'
import { demandOf } from '../demand.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { closedForm } from './closed-form.ts'

/** The closed form of each workload, and the mean over all jobs. */
export function heuristicOf(scenario: Scenario, model: Model): Heuristic {
  const workloads = closedForm(model)
  const jobs = new Map(demandOf(scenario, model).map(demand => [demand.workload, demand.jobs]))
  const all = workloads.reduce((sum, { workload }) => sum + (jobs.get(workload) ?? 0), 0)
  const isKnown = all > 0 && workloads.every(({ latencyS }) => latencyS !== null)
  const total = workloads.reduce((sum, { workload, latencyS }) => sum + (jobs.get(workload) ?? 0) * (latencyS ?? 0), 0)
  return { workloads, latencyS: isKnown ? total / all : null }
}
