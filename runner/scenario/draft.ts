/** A Scenario in the making: whatever could not be resolved is undefined. Lists keep the order of the file. */
import type {
  Expectation,
  PoissonArrivals,
  Scenario,
  ScenarioCluster,
  ScenarioFailure,
  ScenarioPolicy,
  ScenarioStage,
  ScenarioWorkload,
  TraceArrivals,
} from './scenario.ts'

export interface WorkloadDraft extends Partial<Pick<ScenarioWorkload, 'name' | 'origin' | 'deadlineS' | 'retries'>> {
  originNode: string | null
  arrivals: { [Key in keyof PoissonArrivals]: PoissonArrivals[Key] | undefined } | TraceArrivals | undefined
  stages: (ScenarioStage | undefined)[]
}

export type ExpectationDraft = Omit<Expectation, 'value'> & { value: number | undefined }

export interface Draft {
  seed: number | undefined
  start: string | undefined
  horizonS: number | null | undefined
  warmupS: number | undefined
  scaling: number | undefined
  clusters: (ScenarioCluster | undefined)[]
  latencyS: Scenario['latencyS']
  workloads: (WorkloadDraft | undefined)[]
  policies: (ScenarioPolicy | undefined)[]
  failures: (Partial<ScenarioFailure> | undefined)[]
  replications: number | undefined
  expect: (ExpectationDraft | undefined)[]
}
