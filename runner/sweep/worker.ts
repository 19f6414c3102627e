/** What a Piscina thread runs: a batch of trials of one point. The model's columns are shared, not copied. */
import type { Model } from '../../engine/index.ts'
import type { ScenarioPolicy } from '../scenario/scenario.ts'
import { runTrial, type TrialKey, type TrialOutcome } from './trial.ts'

export interface Batch {
  model: Model
  policies: readonly ScenarioPolicy[]
  keys: readonly TrialKey[]
}

export default function runBatch({ model, policies, keys }: Batch): TrialOutcome[] {
  return keys.map(key => runTrial(model, policies[key.policy], key))
}
