/** What was executed, as an observation: the value that is verified, and calibrated from. */

import { isElastic } from '../../engine/contention.ts'
import type { Model } from '../../engine/index.ts'
import type { Provider } from '../clusters/provider.ts'
import type { ScenarioPolicy } from '../scenario/scenario.ts'
import { type AttemptRecords, attemptsOf } from '../verify/attempts.ts'
import type { Given, Observation, Telemetry } from '../verify/observation.ts'
import type { Executed } from './execute-policy.ts'

/** `replication`: whose luck was executed. */
export function observe(
  { model, provider, replication }: { model: Model; provider: Provider; replication: number },
  policy: ScenarioPolicy,
  executed: Executed,
): Observation {
  const { result, failures } = executed
  if (result.jobs === undefined) throw new Error('the run must record its jobs')
  return {
    policy: policy.label,
    replication,
    provider: provider.name,
    endS: result.endS,
    jobs: result.jobs,
    attempts: withApplied(attemptsOf(result.log), executed),
    clusters: result.clusters,
    given: givenBy(provider),
    telemetry: telemetryOf(model, provider, executed),
    failures: [...failures],
  }
}

/** Ways between clusters are kept by the runner's clock, and power is the model's, wherever the containers run. */
const givenBy = ({ given }: Provider): Given[] => [...new Set<Given>([...given, 'network', 'energy'])]

function withApplied(attempts: AttemptRecords, { appliedS }: Executed): AttemptRecords {
  const rows = new Map<string, number>()
  const { workload: workloads, ordinal: ordinals, stage: stages, attempt: numbers } = attempts
  for (const row of attempts.node.keys())
    rows.set([workloads[row], ordinals[row], stages[row], numbers[row]].join(' '), row)
  for (const [{ workload, ordinal, stage, number }, atS] of appliedS) {
    const row = rows.get([workload, ordinal, stage, number].join(' '))
    if (row !== undefined) attempts.appliedS[row] = atS
  }
  return attempts
}

function telemetryOf(model: Model, provider: Provider, { lifecycle, problems, failures }: Executed): Telemetry {
  const missing = problems.map(why => ({ what: 'all', why }))
  const modelled = new Set(failures.filter(({ means }) => means === 'modelled').map(({ label }) => label))
  for (const label of modelled) {
    const why = `${provider.name} cannot bring about ${label}: it was modelled`
    missing.push({ what: 'detection', why }, { what: 'restart', why })
  }
  if (isElastic(model) && provider.given.has('runTime')) {
    const why = `nodes of ${provider.name} are never crowded or slow: containers run as long as they are told`
    missing.push({ what: 'runTime', why }, { what: 'latency', why })
  }
  // Times of receipt are used: the API's own are whole seconds.
  return { skewMs: lifecycle.skewMs, watchLagMs: lifecycle.watchLagMs, resolutionMs: 1, missing }
}
