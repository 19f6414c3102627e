/** The main job: Scenario → Model → trials → Results. No console, no clock but for `run`. */
import type { Model } from '../engine/index.ts'
import { findPolicy } from '../engine/index.ts'
import type { Results } from '../reports/results.ts'
import { summarize } from '../reports/summary.ts'
import { assumptionsOf } from './assumptions.ts'
import { compile } from './compile/compile.ts'
import { hashFile } from './compile/files.ts'
import { demandOf } from './demand.ts'
import { canonicalJson, sha256 } from './output/canonical.ts'
import type { Scenario } from './scenario/scenario.ts'
import { runTrials } from './sweep/pool.ts'
import type { TrialKey, TrialOutcome } from './sweep/trial.ts'

export interface PredictOptions {
  threads: number
  signal: AbortSignal
  /** Called once, before the first trial. */
  onPlan?: (plan: { trials: number; replications: number; policies: number }) => void
  onTrial?: (outcome: TrialOutcome) => void
}

export interface Prediction {
  model: Model
  /** All of the results but `run`, which only the caller knows. */
  results: Omit<Results, 'run'>
  outcomes: TrialOutcome[]
}

/** Whether anything is drawn: without, one replication says all. */
function isRandom(scenario: Scenario): boolean {
  return scenario.workloads.some(
    workload =>
      workload.arrivals.process === 'poisson' ||
      Object.keys(workload.origin).length > 1 ||
      workload.stages.some(
        stage => stage.failureProbability > 0 || (stage.duration !== null && stage.duration.kind !== 'constant'),
      ),
  )
}

/** Predicts every policy of the scenario. Throws FabricdtError for what cannot be compiled; failed trials are reported in the results. */
export async function predict(scenario: Scenario, source: string, options: PredictOptions): Promise<Prediction> {
  const { model, traces } = compile(scenario)
  const random = isRandom(scenario)
  const replications = random ? scenario.replications : 1
  const keys: TrialKey[] = Array.from({ length: replications }, (_, replication) =>
    scenario.policies.map((_policy, policy) => ({ policy, replication })),
  ).flat()
  options.onPlan?.({ trials: keys.length, replications, policies: scenario.policies.length })
  const outcomes = await runTrials(model, scenario.policies, keys, {
    threads: options.threads,
    signal: options.signal,
    onTrial: options.onTrial ?? (() => {}),
  })
  const labels = scenario.policies.map(policy => policy.label)
  const summary = summarize({
    policies: labels,
    clusters: model.clusters.names,
    trials: outcomes.flatMap(({ policy, replication, summary: trial }) =>
      trial === undefined ? [] : [{ policy: labels[policy], replication, summary: trial }],
    ),
    expectations: scenario.expect,
    random,
  })
  const body: Omit<Results, 'run' | 'resultsHash'> = {
    apiVersion: 'fabricdt.io/results.v1alpha1',
    kind: 'Results',
    scenario: {
      name: scenario.name,
      description: scenario.description,
      seed: scenario.seed,
      start: scenario.start,
      horizonS: scenario.horizonS,
      warmupS: scenario.warmupS,
      scaling: scenario.scaling,
      replications,
      hash: hashScenario(scenario),
      source,
    },
    fabric: describeFabric(scenario),
    demand: demandOf(scenario, model),
    policies: scenario.policies.map(policy => ({
      label: policy.label,
      name: policy.name,
      summary: findPolicy(policy.name)?.summary ?? '',
      options: policy.options,
    })),
    ...summary,
    failures: describeFailures(scenario, model),
    assumptions: assumptionsOf(scenario, traces),
    errors: outcomes.flatMap(({ policy, replication, error }) =>
      error === undefined ? [] : [{ policy: labels[policy], replication, ...error }],
    ),
  }
  return { model, outcomes, results: { ...body, resultsHash: sha256(canonicalJson(withoutPlace(body))) } }
}

/** In the order of the model: by time, then as in the file. */
const describeFailures = (scenario: Scenario, { failures }: Model): Results['failures'] =>
  [...scenario.failures]
    .sort((a, b) => a.atS - b.atS)
    .map(({ label, target, atS, forS }, f) => ({
      label,
      kind: target.kind,
      atS,
      endS: forS === null ? null : atS + forS,
      nodes: failures.nodeStart[f + 1] - failures.nodeStart[f],
    }))

/** Where the file lies is no part of what it says. */
function withoutPlace<T extends Pick<Results, 'expectations'>>(body: T): T {
  return { ...body, expectations: body.expectations.map(({ at: _at, ...rest }) => rest) } as unknown as T
}

/** sha256 of the resolved scenario, with the content of its files in the place of their paths. */
function hashScenario(scenario: Scenario): string {
  const workloads = scenario.workloads.map(workload =>
    workload.arrivals.process === 'trace'
      ? { ...workload, arrivals: { ...workload.arrivals, file: hashFile(workload.arrivals.file) } }
      : workload,
  )
  const expect = scenario.expect.map(({ at: _at, ...rest }) => rest)
  return sha256(canonicalJson({ ...scenario, workloads, expect }))
}

const describeFabric = (scenario: Scenario): Results['fabric'] => ({
  clusters: scenario.clusters.map(({ name, pool, zone, region, nodes, cpuMilli, memoryBytes, gpu }) => ({
    name,
    pool,
    zone,
    region,
    nodes,
    cores: (nodes * cpuMilli) / 1000,
    memoryBytes: nodes * memoryBytes,
    gpus: nodes * gpu,
  })),
  nodes: scenario.clusters.reduce((sum, cluster) => sum + cluster.nodes, 0),
  cores: scenario.clusters.reduce((sum, cluster) => sum + (cluster.nodes * cluster.cpuMilli) / 1000, 0),
})
