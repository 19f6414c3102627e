/** A draft without errors as a Scenario. */
import { FabricdtError } from '../errors.ts'
import type { Context } from './context.ts'
import type { Draft, WorkloadDraft } from './draft.ts'
import { poolSources } from './resolve/pool-sources.ts'
import type { Scenario, ScenarioFailure, ScenarioWorkload } from './scenario.ts'

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
    workloads: draft.workloads.map(workload => finishWorkload(sure(workload, 'workload'))),
    policies: draft.policies.map(policy => sure(policy, 'policy')),
    failures: draft.failures.map(failure => finishFailure(sure(failure, 'failure'))),
    replications: sure(draft.replications, 'replications'),
    expect: draft.expect.map(draft => {
      const expectation = sure(draft, 'expectation')
      return { ...expectation, value: sure(expectation.value, 'value') }
    }),
  }
}

function finishWorkload(draft: WorkloadDraft): ScenarioWorkload {
  const arrivals = sure(draft.arrivals, 'arrivals')
  return {
    name: sure(draft.name, 'name'),
    origin: sure(draft.origin, 'origin'),
    originNode: draft.originNode,
    arrivals:
      arrivals.process === 'trace'
        ? arrivals
        : {
            process: 'poisson',
            ratePerS: sure(arrivals.ratePerS, 'rate'),
            fromS: sure(arrivals.fromS, 'from'),
            untilS: sure(arrivals.untilS, 'until'),
            maxJobs: sure(arrivals.maxJobs, 'maxJobs'),
          },
    deadlineS: sure(draft.deadlineS, 'deadline'),
    retries: sure(draft.retries, 'retries'),
    stages: draft.stages.map(stage => sure(stage, 'stage')),
  }
}

const finishFailure = (draft: Partial<ScenarioFailure>): ScenarioFailure => ({
  label: sure(draft.label, 'label'),
  atS: sure(draft.atS, 'at'),
  forS: sure(draft.forS, 'for'),
  target: sure(draft.target, 'blackout'),
})

function sure<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new FabricdtError('internal', `the checks of the scenario let a missing ${what} pass`)
  return value
}
