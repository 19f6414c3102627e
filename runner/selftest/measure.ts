/** Runs the trials of all families; what comes of them is judged elsewhere, so that it can be judged twice. */
import { setImmediate } from 'node:timers/promises'
import { hashName } from '../../engine/random.ts'
import { ScenarioError } from '../errors.ts'
import type { Experiment, Family, Line } from './experiment.ts'

export interface Measured {
  readonly family: Family
  readonly line: Line
  /** One a trial. */
  readonly values: Float64Array
  /** What stopped the trials; null where they all came through. */
  readonly error: string | null
}

export interface MeasureOptions {
  readonly seed: number
  readonly long: boolean
  readonly signal?: AbortSignal
  /** Told now and then how far it is, 0 to 1, and with what. */
  readonly onProgress?: (done: number, family: Family) => void
}

/** Signals are looked at so often. */
const breathMs = 50

/** Rejects with the signal's reason when aborted. What an experiment throws is said in its lines; the others go on. */
export async function measure(families: readonly Family[], options: MeasureOptions): Promise<Measured[]> {
  const measured: Measured[] = []
  for (const [f, family] of families.entries())
    for (const [e, experiment] of family.experiments.entries()) {
      // No two experiments share their luck.
      const seed = (options.seed + hashName(`${family.name} ${e}`)) >>> 0
      const tell = (part: number) =>
        options.onProgress?.((f + (e + part) / family.experiments.length) / families.length, family)
      const { rows, error } = await trialsOf(experiment, seed, options, tell)
      measured.push(
        ...experiment.lines.map((line, i) => ({ family, line, values: Float64Array.from(rows, row => row[i]), error })),
      )
    }
  return measured
}

async function trialsOf(
  { trials, longTrials, prepare }: Experiment,
  seed: number,
  { long, signal }: MeasureOptions,
  tell: (part: number) => void,
): Promise<{ rows: (readonly number[])[]; error: string | null }> {
  const rows: (readonly number[])[] = []
  const count = long ? longTrials : trials
  let breath = performance.now()
  try {
    const run = prepare(seed)
    while (rows.length < count) {
      rows.push(run(rows.length))
      if (performance.now() - breath < breathMs) continue
      tell(rows.length / count)
      await setImmediate()
      if (signal?.aborted === true) break
      breath = performance.now()
    }
  } catch (error) {
    return { rows, error: reasonOf(error as Error) }
  }
  signal?.throwIfAborted()
  return { rows, error: null }
}

/** In one line; of a scenario all that is wrong with it. */
const reasonOf = (error: Error): string =>
  error instanceof ScenarioError ? error.diagnostics.map(({ message }) => message).join('; ') : error.message
