/** A Scenario in the making: whatever could not be resolved is undefined. Lists keep the order of the file. */
import type {
  ClosedArrivals,
  DiurnalArrivals,
  Expectation,
  MmppArrivals,
  PoissonArrivals,
  RenewalArrivals,
  Scenario,
  ScenarioCalibration,
  ScenarioCluster,
  ScenarioExecute,
  ScenarioFailure,
  ScenarioPolicy,
  ScenarioRandomFailure,
  ScenarioStage,
  ScenarioTenant,
  ScenarioTrigger,
  ScenarioWorkload,
  TraceArrivals,
} from './scenario.ts'

/** All fields are there, some of them perhaps not known. */
export type Maybe<T> = { [Key in keyof T]: T[Key] | undefined }

type Process<T extends { process: string }> = Maybe<Omit<T, 'process'>> & Pick<T, 'process'>

export type ArrivalsDraft =
  | Process<PoissonArrivals>
  | Process<RenewalArrivals>
  | Process<DiurnalArrivals>
  | Process<MmppArrivals>
  | Process<ClosedArrivals>
  | TraceArrivals

export interface WorkloadDraft
  extends Maybe<Pick<ScenarioWorkload, 'name' | 'origin' | 'deadlineS' | 'retries' | 'onMiss' | 'priority'>> {
  originNode: string | null
  tenant?: string
  arrivals: ArrivalsDraft | undefined
  stages: (ScenarioStage | undefined)[]
}

export type TenantDraft = Maybe<Omit<ScenarioTenant, 'quota'>> & { name: string; quota: Maybe<ScenarioTenant['quota']> }

export type ExpectationDraft = Omit<Expectation, 'value'> & { value: number | undefined }

export interface Draft {
  seed: number | undefined
  start: string | undefined
  horizonS: number | null | undefined
  warmupS: number | undefined
  scaling: number | undefined
  clusters: (ScenarioCluster | undefined)[]
  latencyS: Scenario['latencyS']
  bandwidth: Scenario['bandwidth']
  modes: Maybe<Scenario['modes']>
  compat: Scenario['compat'] | undefined
  workloads: (WorkloadDraft | undefined)[]
  tenants: TenantDraft[]
  policies: (ScenarioPolicy | undefined)[]
  /** By the index in the file; null: one that comes otherwise than at a time. */
  failures: (Maybe<ScenarioFailure> | null | undefined)[]
  /** By the same index, as are triggers; null: one that comes otherwise. */
  randomFailures: (Maybe<ScenarioRandomFailure> | null | undefined)[]
  triggers: (Maybe<ScenarioTrigger> | null | undefined)[]
  replications: number | undefined
  replicationsUntil: Maybe<NonNullable<Scenario['replicationsUntil']>> | null
  expect: (ExpectationDraft | undefined)[]
  /** undefined: nothing is said of it. */
  execute: Maybe<ScenarioExecute> | undefined
  calibration: ScenarioCalibration | undefined
}
