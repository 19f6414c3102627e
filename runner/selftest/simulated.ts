/** Trials that are runs of the engine, on the way that a scenario takes: text, checks, Scenario, Model, policy. */
import { findPolicy, type Model, type Policy, type RunOptions, type RunResult, simulate } from '../../engine/index.ts'
import type { Spec } from '../../schemas/scenario.generated.ts'
import { compile } from '../compile/compile.ts'
import { parseScenario } from '../scenario/load.ts'

export interface World extends Omit<Spec, 'policies' | 'replications' | 'seed'> {
  policies?: Spec['policies']
}

export interface SimulationOptions {
  /** In the place of the scenario's: a fresh one for each run. */
  policy?: () => Policy
  /** What the language cannot say. */
  adapt?: (model: Model) => Model
  record?: RunOptions['record']
}

/** Runs of a world, by seed and replication; by `fcfs` unless it says its policies, of which the first counts. */
export const simulated =
  (world: World, options: SimulationOptions = {}) =>
  (seed: number): ((replication: number) => RunResult) => {
    const policies = simulatedPolicies(world, options)(seed)
    return replication => policies(replication)[0]
  }

/** The same for all of its policies, which meet the same luck. */
export const simulatedPolicies =
  (world: World, { policy, adapt = model => model, record = {} }: SimulationOptions = {}) =>
  (seed: number): ((replication: number) => RunResult[]) => {
    const { scenario } = parseScenario(scenarioText(world, seed), 'selftest.yaml')
    const model = adapt(compile(scenario).model)
    const fresh =
      policy === undefined
        ? scenario.policies.map(
            ({ name, options }) =>
              () =>
                findPolicy(name)?.create(options) as Policy,
          )
        : [policy]
    return replication => fresh.map(create => simulate(model, create(), { replication, record }))
  }

/** JSON is YAML. */
const scenarioText = (world: World, seed: number): string =>
  JSON.stringify({
    apiVersion: 'fabricdt.io/v1alpha1',
    kind: 'Scenario',
    metadata: { name: 'selftest' },
    spec: { policies: ['fcfs'], ...world, seed },
  })
