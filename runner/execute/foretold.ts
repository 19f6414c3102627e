/** What executing a policy will take, by the engine's prediction of it. */
import { type Model, simulate } from '../../engine/index.ts'
import { policyOf } from '../own-policies/policy-of.ts'
import type { ScenarioPolicy } from '../scenario/scenario.ts'

/** In words, such as “about 1478 Jobs over 303 s”. */
export function foretold(model: Model, policy: ScenarioPolicy, replication: number): string {
  const run = simulate(model, policyOf(policy).create(policy.options), { replication, record: { decisions: true } })
  return `about ${run.decisions!.time.length} Jobs over ${Math.ceil(run.endS)} s`
}
