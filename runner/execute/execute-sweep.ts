/** `--mode execute` and `verify`: a scenario on a fabric of clusters, made for it where it is not there. */
import type { Model } from '../../engine/index.ts'
import { placeOf, rowOf } from '../../reports/summary/row.ts'
import { Tally } from '../../reports/summary.ts'
import { summarizeCurves, summarizeNumbers } from '../../reports/trial-summary.ts'
import { type FabricPlan, planFabric, planNotes } from '../clusters/fabric-plan.ts'
import { type Compiled, compile } from '../compile/compile.ts'
import { FabricdtError } from '../errors.ts'
import { type Prediction, type PredictOptions, predict, resultsOf, summarizePoint } from '../predict.ts'
import type { LoadedSweep } from '../scenario/load-points.ts'
import type { Scenario } from '../scenario/scenario.ts'
import type { TrialOutcome } from '../sweep/trial.ts'
import type { PolicyLifecycle } from '../telemetry/lifecycle-csv.ts'
import { type Derived, deriveExecuted } from '../verify/derive.ts'
import type { Observation } from '../verify/observation.ts'
import type { Verification } from '../verify/verification.ts'
import { verify } from '../verify/verify.ts'
import { executeScenario } from './execute.ts'
import { type Fabric, fabricFor } from './fabric.ts'
import { foretold } from './foretold.ts'
import { observe } from './observe.ts'

export interface ExecutionOptions {
  readonly mode: 'execute' | 'verify'
  /** Absent: that of the fabric, or the scenario's. */
  readonly provider?: string
  readonly runId: string
  readonly image: string
  /** A line for a person who waits. */
  readonly say: (line: string) => void
  /** Of the prediction, in mode `verify`; the signal ends both. */
  readonly predict: PredictOptions
}

/** A prediction (or, in mode `execute`, the observed run in its form) and what was observed. */
export interface Execution extends Prediction {
  /** What was executed. */
  readonly derived: Derived
  /** By policy. */
  readonly observations: readonly Observation[]
  /** What became of pods and nodes, by policy. */
  readonly lifecycles: readonly PolicyLifecycle[]
  readonly verification?: Verification
}

/** A trial that has its numbers. */
type Observed = TrialOutcome & Required<Pick<TrialOutcome, 'row' | 'curves'>>

/** Whose luck is executed. */
export const replication = 0

/** For how long nothing may happen that should have. */
const stallS = 120

/** What is executed of a scenario, with the model and the fabric that it needs. Throws FabricdtError `usage`, or as `compile`. */
export function planExecution(sweep: LoadedSweep): { derived: Derived; compiled: Compiled; plan: FabricPlan } {
  const { scenario } = sweep.points[0].loaded
  if (sweep.points.length > 1)
    throw new FabricdtError(
      'usage',
      `a sweep of ${sweep.points.length} points cannot be executed: choose one with --set`,
    )
  if (scenario.compat !== null)
    throw new FabricdtError('usage', `compat: ${scenario.compat} is for simulations: clusters do not work that way`)
  const derived = deriveExecuted(scenario)
  return { derived, compiled: compile(derived.scenario), plan: planFabric(derived.scenario) }
}

/**
 * Executes a scenario, and in mode `verify` predicts it first and compares. Throws FabricdtError, or the signal's reason;
 * what was made for it is taken away on every way out.
 */
export async function executeSweep(sweep: LoadedSweep, options: ExecutionOptions): Promise<Execution> {
  const { derived, compiled, plan } = planExecution(sweep)
  const executed = withScenario(sweep, derived)
  const prediction = options.mode === 'verify' ? await predict(executed, options.predict) : null
  const {
    provider = null,
    say,
    predict: { signal },
  } = options
  const fabric = await fabricFor(plan, { provider, declared: derived.execute.provider, say, signal })
  try {
    const { observations, outcomes, lifecycles } = await observeAll(derived, compiled.model, fabric, options)
    if (prediction === null) {
      const told = sentencesOf(derived, plan, observations)
      return { ...asPrediction(executed, compiled, outcomes, told), derived, observations, lifecycles }
    }
    const verification = verify(inputOf(derived, compiled.model, prediction, observations))
    return { ...prediction, derived, observations, lifecycles, verification }
  } finally {
    // What was measured is not lost for a cluster that does not go.
    await fabric.release().catch((error: unknown) => say(`${plan.name} is left: ${(error as Error).message}`))
  }
}

/**
 * Compares what was observed before with what is predicted of the same scenario now. Throws FabricdtError
 * `no-observation` where other jobs were observed than are predicted: then the scenario has changed since.
 */
export async function compareRecorded(
  sweep: LoadedSweep,
  observations: readonly Observation[],
  options: PredictOptions,
): Promise<Execution> {
  const { derived, compiled } = planExecution(sweep)
  const prediction = await predict(withScenario(sweep, derived), options)
  for (const [i, { policy, jobs }] of observations.entries())
    if (!isOf(jobs.submitTime, prediction.first[i]?.jobs?.submitTime))
      throw new FabricdtError('no-observation', `what was observed of ${policy} is of another scenario: record it anew`)
  const verification = verify(inputOf(derived, compiled.model, prediction, observations))
  return { ...prediction, derived, observations, lifecycles: [], verification }
}

const isOf = (observed: Float64Array, predicted: Float64Array | undefined): boolean =>
  predicted?.length === observed.length && observed.every((time, i) => Math.abs(time - predicted[i]) < 1e-6)

/** Observed trials in the form of predicted ones. */
function asPrediction(
  sweep: LoadedSweep,
  compiled: Compiled,
  outcomes: readonly Observed[],
  told: readonly string[],
): Prediction {
  const { scenario } = sweep.points[0].loaded
  const tally = new Tally(scenario.policies.length, scenario.clusters.length)
  for (const { policy, row, curves } of outcomes) tally.add(policy, 0, row, curves)
  const point = { index: 0, scenario, random: true }
  const done = [{ summary: summarizePoint(point, tally), replications: 1 }]
  const sum = (of: (outcome: Observed) => number) => outcomes.reduce((total, outcome) => total + of(outcome), 0)
  return {
    model: compiled.model,
    results: resultsOf(sweep, compiled, done, [], told),
    first: outcomes,
    trials: outcomes.length,
    jobs: sum(({ row }) => row[placeOf('submitted')]),
    events: sum(({ row }) => row[placeOf('events')]),
    reused: 0,
    cacheError: null,
  }
}

/** The sweep with the derived scenario in the place of that of the file. */
function withScenario(sweep: LoadedSweep, { scenario }: Derived): LoadedSweep {
  const [point] = sweep.points
  return { ...sweep, points: [{ ...point, loaded: { ...point.loaded, scenario } }] }
}

async function observeAll(
  { scenario }: Derived,
  model: Model,
  { state, provider }: Fabric,
  { runId, image, say, predict: { signal } }: ExecutionOptions,
): Promise<{ observations: Observation[]; outcomes: Observed[]; lifecycles: PolicyLifecycle[] }> {
  const observations: Observation[] = []
  const lifecycles: PolicyLifecycle[] = []
  const outcomes: Observed[] = []
  let beganMs = 0
  await executeScenario({
    ...{ scenario, model, fabric: state, provider, runId, image, replication, stallS, signal },
    onPolicy: policy => {
      beganMs = performance.now()
      say(`executing ${policy.label}: ${foretold(model, policy, replication)}`)
    },
    onExecuted: (policy, executed) => {
      observations.push(observe({ model, provider, replication, scaling: scenario.scaling }, policy, executed))
      const { result, lifecycle } = executed
      lifecycles.push({ policy: policy.label, lifecycle })
      outcomes.push({
        ...{ point: 0, policy: outcomes.length, replication, wallMs: performance.now() - beganMs },
        row: rowOf(summarizeNumbers(model, result)),
        curves: summarizeCurves(model, result),
        ...(result.decisions === undefined ? {} : { decisions: result.decisions }),
        ...(result.jobs === undefined ? {} : { jobs: result.jobs }),
        ...(result.explanations === undefined ? {} : { explanations: result.explanations }),
      })
    },
  })
  return { observations, outcomes, lifecycles }
}

/** What the results of an executed run rest on. */
function sentencesOf(derived: Derived, plan: FabricPlan, observations: readonly Observation[]): string[] {
  const [{ provider, given }] = observations
  return [
    `Executed on real clusters (${provider}); what is given there rather than measured: ${given.join(', ')}.`,
    ...derived.sentences,
    ...planNotes(plan).map(note => `${note}.`),
    ...observations.flatMap(({ policy, telemetry: { missing, sources = [] } }) => [
      ...missing.map(({ what, why }) => `${policy}: ${what === 'all' ? '' : `${what}: `}${why}.`),
      ...sources.map(sentence => `${policy}: ${sentence}.`),
    ]),
  ]
}

function inputOf(
  { scenario, execute, sentences }: Derived,
  model: Model,
  { results }: Prediction,
  observations: readonly Observation[],
): Parameters<typeof verify>[0] {
  return {
    model,
    provider: observations[0].provider,
    tolerance: execute.tolerance,
    derived: sentences,
    policies: scenario.policies,
    observations,
    estimates: results.rows,
    noise: scenario.calibration?.noise ?? null,
    lateS: lateOf(scenario, model),
  }
}

function lateOf({ calibration }: Scenario, { clusters: { names, pools } }: Model): Float64Array {
  const { lateS } = calibration ?? {}
  return Float64Array.from(names, (name, c) => lateS?.clusters[name] ?? lateS?.pools[pools[c]] ?? 0)
}
