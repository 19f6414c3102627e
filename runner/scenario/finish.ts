/** A draft without errors as a Scenario. */
import { FabricdtError } from '../errors.ts'
import type { Context } from './context.ts'
import type { Draft, Maybe, TenantDraft, WorkloadDraft } from './draft.ts'
import { poolSources } from './resolve/pool-sources.ts'
import type { Scenario, ScenarioExecute, ScenarioTenant, ScenarioWorkload } from './scenario.ts'

/** Throws FabricdtError `internal` where something is missing that no check reported: a bug of the checks. */
export function finish(context: Context, draft: Draft): Scenario {
  const { metadata } = context
  return {
    name: sure(metadata.name, 'metadata.name'),
    description: metadata.description ?? '',
    seed: sure(draft.seed, 'seed'),
    start: sure(draft.start, 'start'),
    horizonS: sure(draft.horizonS, 'horizon'),
    warmupS: sure(draft.warmupS, 'warmup'),
    scaling: sure(draft.scaling, 'scaling'),
    clusters: draft.clusters.map(cluster => sure(cluster, 'cluster')),
    poolSources: poolSources(context),
    latencyS: draft.latencyS,
    bandwidth: draft.bandwidth,
    modes: allSure(draft.modes),
    compat: sure(draft.compat, 'compat'),
    ...(context.view.predictor === 'heuristic' ? { predictor: 'heuristic' } : {}),
    workloads: draft.workloads.map(workload => finishWorkload(sure(workload, 'workload'))),
    ...(draft.tenants.length === 0 ? {} : { tenants: draft.tenants.map(finishTenant) }),
    policies: draft.policies.map(policy => sure(policy, 'policy')),
    failures: present(draft.failures, 'failure'),
    randomFailures: present(draft.randomFailures, 'failure'),
    triggers: present(draft.triggers, 'failure'),
    replications: sure(draft.replications, 'replications'),
    replicationsUntil: draft.replicationsUntil === null ? null : allSure(draft.replicationsUntil),
    expect: draft.expect.map(expectation => {
      const found = sure(expectation, 'expectation')
      return { ...found, value: sure(found.value, 'value') }
    }),
    ...(draft.execute === undefined ? {} : { execute: allSure(draft.execute) as ScenarioExecute }),
    ...(draft.calibration === undefined ? {} : { calibration: draft.calibration }),
  }
}

function finishWorkload(draft: WorkloadDraft): ScenarioWorkload {
  const { arrivals, stages, ...fields } = draft
  return {
    ...allSure(fields),
    arrivals: allSure(sure(arrivals, 'arrivals')) as ScenarioWorkload['arrivals'],
    stages: stages.map(stage => sure(stage, 'stage')),
  }
}

const finishTenant = (draft: TenantDraft): ScenarioTenant => ({
  ...allSure(draft),
  quota: allSure(draft.quota) as ScenarioTenant['quota'],
})

/** Entries of a list that are of its kind, in the order of the file. */
const present = <T extends object>(list: readonly (Maybe<T> | null | undefined)[], what: string): T[] =>
  list.flatMap(item => (item === null ? [] : [allSure(sure(item, what)) as T]))

/** Every field known. */
function allSure<T extends object>(draft: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  for (const [name, value] of Object.entries(draft)) sure(value, name)
  return draft as { [Key in keyof T]: Exclude<T[Key], undefined> }
}

function sure<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new FabricdtError('internal', `the checks of the scenario let a missing ${what} pass`)
  return value
}
