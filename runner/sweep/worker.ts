/** What a Piscina thread runs: a batch of trials on the model that it was given once. */
import { workerData } from 'node:worker_threads'
import type { Model } from '../../engine/index.ts'
import type { ScenarioPolicy } from '../scenario/scenario.ts'
import { runTrial, type TrialKey, type TrialOutcome } from './trial.ts'

export interface SharedData {
  model: Model
  policies: ScenarioPolicy[]
}

// Piscina wraps the data that it was given as [its own, ours].
const shared = (Array.isArray(workerData) ? workerData[1] : workerData) as SharedData

export default function runBatch(keys: readonly TrialKey[]): TrialOutcome[] {
  return keys.map(key => runTrial(shared.model, shared.policies, key))
}
