/** What a Piscina thread runs: a batch of trials of one point. The model's columns are shared, not copied. */
import type { Model } from '../../engine/index.ts'
import type { ScenarioPolicy } from '../scenario/scenario.ts'
import { runTrial, type TrialKey, type TrialOutcome } from './trial.ts'

export interface Batch {
  model: Model
  policies: readonly ScenarioPolicy[]
  keys: readonly TrialKey[]
  /** Whether all placements of the first trial are explained. */
  explainAll?: boolean
}

/** Columns of so many bytes are handed over; to copy fewer is quicker than to load what does that. */
const worthMoving = 1 << 22

export default async function runBatch({ model, policies, keys, explainAll }: Batch): Promise<TrialOutcome[]> {
  const outcomes = keys.map(key => runTrial(model, policies[key.policy], key, explainAll))
  const buffers = [...new Set(outcomes.flatMap(recordsOf))]
  if (buffers.reduce((sum, { byteLength }) => sum + byteLength, 0) < worthMoving) return outcomes
  const { Piscina } = await import('piscina')
  const { transferableSymbol, valueSymbol } = Piscina
  return Piscina.move({ [transferableSymbol]: buffers, [valueSymbol]: outcomes } as never) as unknown as TrialOutcome[]
}

/** What the columns of jobs and decisions lie in. */
const recordsOf = ({ jobs, decisions }: TrialOutcome): ArrayBuffer[] =>
  [jobs, decisions].flatMap(records =>
    Object.values(records ?? {}).map((column: Float64Array) => column.buffer as ArrayBuffer),
  )
