/** What was executed, as an observation: the value that is verified, and calibrated from. */

import { isElastic } from '../../engine/contention.ts'
import { type LiveAttempt, type Model, nodeName } from '../../engine/index.ts'
import type { Provider } from '../clusters/provider.ts'
import { scaleMilli } from '../clusters/scaling.ts'
import type { ScenarioPolicy } from '../scenario/scenario.ts'
import { type AttemptRecords, attemptsOf } from '../verify/attempts.ts'
import type { Given, Observation, Telemetry } from '../verify/observation.ts'
import type { Executed } from './execute-policy.ts'
import { lateness } from './lateness.ts'

/** `replication`: whose luck was executed; `scaling`: what was declared for each real core. */
export function observe(
  { model, provider, replication, scaling }: { model: Model; provider: Provider; replication: number; scaling: number },
  policy: ScenarioPolicy,
  executed: Executed,
): Observation {
  const { result, failures, series, application } = executed
  if (result.jobs === undefined) throw new Error('the run must record its jobs')
  const attempts = attemptsOf(result.log)
  const rows = rowsOf(attempts)
  withApplied(attempts, rows, executed)
  const cpu = coreSeconds(model, scaling, rows, executed)
  const energy = scaling === 1 ? measuredEnergy(model, executed) : null
  return {
    policy: policy.label,
    replication,
    provider: provider.name,
    endS: result.endS,
    jobs: result.jobs,
    attempts,
    clusters: result.clusters,
    given: givenBy(provider, energy !== null),
    ...(energy === null ? {} : { energy }),
    ...(cpu === null ? {} : { cpu }),
    ...(application == null ? {} : { application }),
    ...(series === undefined ? {} : { series }),
    telemetry: telemetryOf(model, provider, scaling, executed, attempt => attempts.beginS[rowOf(rows, attempt)]),
    failures: [...failures],
  }
}

/** Ways between clusters are kept by the runner's clock wherever the containers run, and power that nobody measured is the model's. */
const givenBy = ({ given }: Provider, isMeasured: boolean): Given[] => [
  ...new Set<Given>([...given, 'network', ...(isMeasured ? [] : (['energy'] as const))]),
]

/** Facility joules of the clusters of which every node was measured; null where there is none. */
function measuredEnergy(model: Model, { energy }: Executed): NonNullable<Observation['energy']> | null {
  if (energy == null) return null
  const { clusters } = model
  const energyJ = Float64Array.from(clusters.names, (_, c) => {
    let sum = 0
    for (let node = clusters.nodeStart[c]; node < clusters.nodeStart[c + 1]; node++)
      sum += energy.nodeJ.get(nodeName(model, node)) ?? Number.NaN
    return sum * clusters.pue[c]
  })
  if (energyJ.every(value => Number.isNaN(value))) return null
  const times = clusters.pue.every(pue => pue === 1) ? '' : ' × PUE'
  return { source: `${energy.source}${times}`, energyJ }
}

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

/**
 * What attempts used, as declared cores: what their containers say; on nodes whose pods all say it and where cAdvisor has measured all pods
 * together, that, shared out by what they say. Null where none of them says anything.
 */
function coreSeconds(
  model: Model,
  scaling: number,
  rows: Rows,
  executed: Executed,
): NonNullable<Observation['cpu']> | null {
  const told = [...executed.lifecycle.pods.values()].flatMap(({ job, cpuS, receipt }) => {
    const place = executed.placeOf(job)
    return place === undefined || receipt.beganMs === null ? [] : [{ ...place, cpuS: cpuS ?? Number.NaN }]
  })
  if (told.every(({ cpuS }) => Number.isNaN(cpuS))) return null
  const factors = measuredFactors(model, told, executed)
  const coreS = new Float64Array(rows.size).fill(Number.NaN)
  for (const { attempt, node, cpuS } of told) {
    const row = rowOf(rows, attempt)
    const used = cpuS * (factors.get(node) ?? 1) * declaredPerCore(model, scaling, attempt)
    coreS[row] = Number.isNaN(coreS[row]) ? used : coreS[row] + used
  }
  const isMeasured = told.every(({ node }) => factors.has(node))
  return { source: isMeasured ? 'cAdvisor' : 'the containers’ own count (getrusage)', coreS }
}

/** How much more than its pods say a node has measured; none for a node that did not, or whose pods do not all say. */
function measuredFactors(
  model: Model,
  told: readonly { node: number; cpuS: number }[],
  { nodeCpuS }: Executed,
): Map<number, number> {
  const sums = new Map<number, number>()
  for (const { node, cpuS } of told) sums.set(node, (sums.get(node) ?? 0) + cpuS)
  const factors = new Map<number, number>()
  for (const [node, sum] of sums) {
    const measured = nodeCpuS?.get(nodeName(model, node))
    if (measured !== undefined && sum > 0) factors.set(node, measured / sum)
  }
  return factors
}

/** Rounding is known exactly: a real core stands for what was declared of it. */
function declaredPerCore({ classes }: Model, scaling: number, { stageClass }: LiveAttempt): number {
  const declaredMilli = classes.cpuMilli[stageClass]
  return declaredMilli / scaleMilli(declaredMilli, scaling, 'down')
}

function telemetryOf(
  model: Model,
  provider: Provider,
  scaling: number,
  executed: Executed,
  beginS: (attempt: LiveAttempt) => number,
): Telemetry {
  const { lifecycle, problems, failures } = executed
  const late = provider.given.has('startUp') ? lateness(provider.name, undisturbed(model, executed), beginS) : null
  const missing: Telemetry['missing'] = [...problems]
  const modelled = new Set(failures.filter(({ means }) => means === 'modelled').map(({ label }) => label))
  for (const label of modelled) {
    const why = `${provider.name} cannot bring about ${label}: it was modelled`
    missing.push({ what: 'detection', why }, { what: 'restart', why })
  }
  if (isElastic(model) && provider.given.has('runTime')) {
    const why = `nodes of ${provider.name} are never crowded or slow: containers run as long as they are told`
    missing.push({ what: 'runTime', why }, { what: 'latency', why })
  }
  if (late !== null) missing.push({ what: 'all', why: late })
  // Times of receipt are used: the API's own are whole seconds.
  const { skewMs, watchLagMs } = lifecycle
  const sources = [...(executed.sources ?? []), ...ofScale(scaling, executed)]
  return { skewMs, watchLagMs, resolutionMs: 1, missing, ...(sources.length === 0 ? {} : { sources }) }
}

/** When attempts were applied where nothing broke off: a cluster that was away is late for another reason, which is said. */
const undisturbed = ({ clusters, nodeCluster }: Model, { appliedS, interrupted }: Executed): Map<LiveAttempt, number> =>
  new Map([...appliedS].filter(([{ nodes }]) => !interrupted.has(clusters.names[nodeCluster[nodes[0].node]])))

/** A real node has a part of the work of the one that it stands for, but not that part of its idle power. */
const ofScale = (scaling: number, { energy }: Executed): string[] =>
  energy == null || scaling === 1
    ? []
    : [
        `at 1:${scaling} a node’s measured joules do not stand for those of the declared one: energy stays the power model’s`,
      ]
