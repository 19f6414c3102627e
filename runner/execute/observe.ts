/** What was executed, as an observation: the value that is verified, and calibrated from. */

import { isElastic } from '../../engine/contention.ts'
import type { LiveAttempt, Model } from '../../engine/index.ts'
import type { Provider } from '../clusters/provider.ts'
import { scaleMilli } from '../clusters/scaling.ts'
import type { ScenarioPolicy } from '../scenario/scenario.ts'
import { type AttemptRecords, attemptsOf } from '../verify/attempts.ts'
import type { Given, Observation, Telemetry } from '../verify/observation.ts'
import type { Executed } from './execute-policy.ts'

/** `replication`: whose luck was executed; `scaling`: what was declared for each real core. */
export function observe(
  { model, provider, replication, scaling }: { model: Model; provider: Provider; replication: number; scaling: number },
  policy: ScenarioPolicy,
  executed: Executed,
): Observation {
  const { result, failures } = executed
  if (result.jobs === undefined) throw new Error('the run must record its jobs')
  const attempts = attemptsOf(result.log)
  const rows = rowsOf(attempts)
  withApplied(attempts, rows, executed)
  const coreS = coreSeconds(model, scaling, rows, executed)
  return {
    policy: policy.label,
    replication,
    provider: provider.name,
    endS: result.endS,
    jobs: result.jobs,
    attempts,
    clusters: result.clusters,
    given: givenBy(provider),
    ...(coreS === null ? {} : { cpu: { source: 'the containers’ own count (getrusage)', coreS } }),
    telemetry: telemetryOf(model, provider, executed),
    failures: [...failures],
  }
}

/** Ways between clusters are kept by the runner's clock, and power is the model's, wherever the containers run. */
const givenBy = ({ given }: Provider): Given[] => [...new Set<Given>([...given, 'network', 'energy'])]

type Rows = ReadonlyMap<string, number>

const keyOf = (workload: number, ordinal: number, stage: number, number: number): string =>
  [workload, ordinal, stage, number].join(' ')

/** Rows of the attempts by what names them. */
function rowsOf({ workload, ordinal, stage, attempt }: AttemptRecords): Rows {
  const rows = new Map<string, number>()
  for (const row of workload.keys()) rows.set(keyOf(workload[row], ordinal[row], stage[row], attempt[row]), row)
  return rows
}

const rowOf = (rows: Rows, { workload, ordinal, stage, number }: LiveAttempt): number =>
  rows.get(keyOf(workload, ordinal, stage, number)) ?? -1

function withApplied(attempts: AttemptRecords, rows: Rows, { appliedS }: Executed): void {
  for (const [attempt, atS] of appliedS) attempts.appliedS[rowOf(rows, attempt)] = atS
}

/** What the containers of each attempt say that they used, as declared cores; null where none of them says anything. */
function coreSeconds(
  model: Model,
  scaling: number,
  rows: Rows,
  { lifecycle, attemptOf }: Executed,
): Float64Array | null {
  const coreS = new Float64Array(rows.size).fill(Number.NaN)
  let isMeasured = false
  for (const { job, cpuS } of lifecycle.pods.values()) {
    const attempt = attemptOf(job)
    if (cpuS === null || attempt === undefined) continue
    isMeasured = true
    const row = rowOf(rows, attempt)
    const declaredMilli = model.classes.cpuMilli[attempt.stageClass]
    // Rounding is known exactly: a real core stands for what was declared of it.
    const perCore = declaredMilli / scaleMilli(declaredMilli, scaling, 'down')
    coreS[row] = (Number.isNaN(coreS[row]) ? 0 : coreS[row]) + cpuS * perCore
  }
  return isMeasured ? coreS : null
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
