/** The main job: points of a scenario → Models → trials → Results. No console, no clock but for `run`. */
import type { Model } from '../engine/index.ts'
import type { Results } from '../reports/results.ts'
import { joinPoints, type Summary, summarize, type Tally } from '../reports/summary.ts'
import { assumptionsOf } from './assumptions.ts'
import { type Compiled, compile } from './compile/compile.ts'
import { demandOf, expectedStages } from './demand.ts'
import { describeErrors } from './describe-errors.ts'
import { describeTrigger } from './describe-failure.ts'
import { heuristicOf } from './heuristic/heuristic-of.ts'
import { canonicalJson, sha256 } from './output/canonical.ts'
import { policyOf } from './own-policies/policy-of.ts'
import type { LoadedPoint, LoadedSweep } from './scenario/load-points.ts'
import type { Scenario } from './scenario/scenario.ts'
import { steadyAfter } from './steady.ts'
import type { TrialCache } from './sweep/cache.ts'
import { Kept } from './sweep/kept.ts'
import { type Plan, planSweep } from './sweep/plan.ts'
import type { Point } from './sweep/point.ts'
import { runSweep, type SweepOutcome } from './sweep/run-points.ts'
import type { TrialOutcome } from './sweep/trial.ts'
import { partsOf } from './sweep/trial-hash.ts'

export interface PredictOptions {
  threads: number
  signal: AbortSignal
  /** null: nothing is reused or kept. */
  cache: TrialCache | null
  /** Whether all placements of the first trials are explained, not only a sample. */
  explainAll?: boolean
  /** Called once, before the first trial. */
  onPlan?: (plan: Plan) => void
  /** So many more trials are done; of these, so many errored. */
  onTrials?: (done: number, failed: number) => void
  /** Told when the threads are gone, for a caller that goes on before they are; absent: they are awaited. */
  linger?: (gone: Promise<void>) => void
}

export interface Prediction {
  /** Of the first point. */
  model: Model
  /** All of the results but `run`, which only the caller knows. */
  results: Omit<Results, 'run'>
  /** The first trial of each policy at the first point, with its decisions and jobs. */
  first: readonly TrialOutcome[]
  /** Of all trials. */
  trials: number
  jobs: number
  events: number
  reused: number
  cacheError: string | null
}

/** Trials of a sweep, and how many of them are there already; runs nothing. */
export function plan(sweep: LoadedSweep, cache: TrialCache | null): Plan {
  const { points } = pointsOf(sweep)
  return planSweep(points, new Kept(points, cache))
}

/**
 * Predicts every policy at every point. Throws FabricdtError for what cannot be compiled; failed trials are reported in
 * the results.
 */
export async function predict(sweep: LoadedSweep, options: PredictOptions): Promise<Prediction> {
  const { points, compiled } = pointsOf(sweep, options.explainAll)
  const {
    points: done,
    errors,
    ...outcome
  } = await runSweep(points, {
    threads: options.threads,
    signal: options.signal,
    cache: options.cache,
    onPlan: options.onPlan ?? (() => {}),
    onTrials: options.onTrials ?? (() => {}),
    linger: options.linger,
    summarize: summarizePoint,
  })
  const first = compiled(0)
  return { model: first.model, results: resultsOf(sweep, first, done, errors), ...outcome }
}

/** The results of trials, wherever they ran: on real clusters too. `more`: what else they rest on, in sentences. */
export function resultsOf(
  sweep: LoadedSweep,
  first: Compiled,
  done: SweepOutcome<Summary>['points'],
  errors: SweepOutcome<Summary>['errors'],
  more: readonly string[] = [],
): Prediction['results'] {
  const { scenario, source } = sweep.points[0].loaded
  const summary = joinPoints(done.map(point => point.summary))
  const body: Omit<Results, 'run' | 'resultsHash'> = {
    apiVersion: 'fabricdt.io/results.v1alpha1',
    kind: 'Results',
    scenario: describeScenario(scenario, source, sweep, Math.max(...done.map(point => point.replications))),
    fabric: describeFabric(scenario),
    demand: demandOf(scenario, first.model),
    ...(scenario.predictor === 'heuristic' ? { heuristic: heuristicOf(scenario, first.model) } : {}),
    policies: scenario.policies.map(policy => ({
      label: policy.label,
      name: policy.name,
      summary: policyOf(policy).summary,
      options: policy.options,
    })),
    factors: sweep.factors,
    points: sweep.points.map(({ index, levels }) => ({ index, levels })),
    ...summary,
    failures: describeFailures(scenario, first.model),
    randomFailures: scenario.randomFailures.map(failure => failure.label),
    triggeredFailures: scenario.triggers.map(describeTrigger),
    assumptions: [
      ...assumptionsOf(
        scenario,
        first.traces,
        sweep.points.slice(1).map(point => point.loaded.scenario),
      ),
      ...more,
    ],
    ...describeErrors(scenario, errors, summary.warnings),
  }
  return { ...body, resultsHash: sha256(canonicalJson(withoutPlace(body))) }
}

/** Points of a sweep; a model is compiled when its turn comes and kept until the next one's. */
function pointsOf(sweep: LoadedSweep, explainAll = false): { points: Point[]; compiled: (index: number) => Compiled } {
  const kept = new Map<number, Compiled>()
  const compiled = (index: number): Compiled => {
    const known = kept.get(index)
    if (known !== undefined) return known
    const fresh = compile(sweep.points[index].loaded.scenario)
    // The first is needed again at the end; of the others a few, since batches of neighbours are under way together.
    for (const old of [...kept.keys()].filter(key => key !== 0).slice(0, -keptModels)) kept.delete(old)
    kept.set(index, fresh)
    return fresh
  }
  const points = sweep.points.map(({ index, loaded: { scenario } }: LoadedPoint) => ({
    index,
    scenario,
    random: isRandom(scenario),
    weight: expectedStages(scenario),
    explainAll,
    work: () => ({ model: compiled(index).model, policies: scenario.policies, explainAll }),
  }))
  return { points, compiled }
}

const keptModels = 8

/** Whether anything is drawn: without, one replication says all. */
function isRandom(scenario: Scenario): boolean {
  const fixed = (distribution: { kind: string } | null) => distribution === null || distribution.kind === 'constant'
  return (
    scenario.randomFailures.length > 0 ||
    scenario.triggers.some(({ members }) => members !== null) ||
    scenario.workloads.some(
      ({ arrivals, origin, stages }) =>
        arrivals.process === 'poisson' ||
        arrivals.process === 'diurnal' ||
        arrivals.process === 'mmpp' ||
        (arrivals.process === 'renewal' && !fixed(arrivals.interval)) ||
        (arrivals.process === 'closed' && !fixed(arrivals.think)) ||
        Object.keys(origin).length > 1 ||
        stages.some(stage => stage.failureProbability > 0 || !fixed(stage.duration)),
    )
  )
}

export const summarizePoint = (
  { index, scenario, random }: Pick<Point, 'index' | 'scenario' | 'random'>,
  tally: Tally,
): Summary =>
  summarize(
    {
      point: index,
      policies: scenario.policies.map(policy => policy.label),
      clusters: scenario.clusters.map(cluster => cluster.name).sort(),
      expectations: scenario.expect,
      random,
      steadyAfterS: steadyAfter(scenario),
    },
    tally,
  )

function describeScenario(
  scenario: Scenario,
  source: string,
  sweep: LoadedSweep,
  replications: number,
): Results['scenario'] {
  return {
    name: scenario.name,
    description: scenario.description,
    seed: scenario.seed,
    start: scenario.start,
    horizonS: scenario.horizonS,
    warmupS: scenario.warmupS,
    scaling: scenario.scaling,
    replications,
    hash: sha256(canonicalJson(sweep.points.map(point => hashable(point.loaded.scenario)))),
    source,
  }
}

/** The resolved scenario without where its files lie. */
function hashable(scenario: Scenario): unknown {
  const { expect, policies, replications, replicationsUntil } = scenario
  const told = policies.map(({ own, ...policy }) => (own === undefined ? policy : { ...policy, own: own.hash }))
  return [partsOf(scenario, ''), told, replications, replicationsUntil, expect.map(({ at: _at, ...rest }) => rest)]
}

/** In the order of the model: by time, then as in the file. */
const describeFailures = (scenario: Scenario, { failures, effects }: Model): Results['failures'] =>
  [...scenario.failures]
    .sort((a, b) => a.atS - b.atS)
    .map(({ label, effect, atS, forS }, f) => ({
      label,
      kind: effect.kind === 'blackout' ? effect.target.kind : effect.kind,
      atS,
      endS: forS === null ? null : atS + forS,
      nodes: effects.nodeStart[failures.effect[f] + 1] - effects.nodeStart[failures.effect[f]],
    }))

/** Where the file lies is no part of what it says. */
function withoutPlace<T extends Pick<Results, 'expectations'>>(body: T): T {
  return { ...body, expectations: body.expectations.map(({ at: _at, ...rest }) => rest) } as unknown as T
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
