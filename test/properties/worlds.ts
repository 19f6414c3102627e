/** Random worlds over the whole language and what the engine makes of them: one run each, with everything recorded. */
import { type EventLog, findPolicy, type Model, type Policy, type RunResult, simulate } from '../../engine/index.ts'
import { mixedPolicy } from '../reference/agreement.ts'
import { buildModel } from '../reference/build-model.ts'
import { logRows } from '../reference/compare-log.ts'
import { Generator } from '../reference/generator.ts'
import type { LogRow } from '../reference/notes.ts'
import { randomModelSpec } from '../reference/random-model.ts'

/** 1: the long form. */
export const worlds = process.env.FABRICDT_LONG === '1' ? 3000 : 150

export interface World {
  seed: number
  model: Model
  result: RunResult & { log: EventLog; jobs: NonNullable<RunResult['jobs']> }
  rows: LogRow[]
}

/** Policies put together at random, half of them backfilling. */
export function policyOf(seed: number): Policy {
  const { name, options } = mixedPolicy(seed)
  const backfill = new Generator(seed ^ 0x1b873593).pick(['none', 'none', 'easy', 'conservative'])
  return findPolicy(name)!.create({ ...options, backfill })
}

export function runWorld(seed: number, model = buildModel(randomModelSpec(seed))): World {
  const record = { jobs: true, decisions: true, events: true }
  const result = simulate(model, policyOf(seed), { replication: seed % 3, record }) as World['result']
  return { seed, model, result, rows: logRows(result.log) }
}

/** Runs of the short form are kept for the next property. */
const kept = new Map<number, World>()

/** Holds a property against every world; says in which one it failed. */
export function inEveryWorld(holds: (world: World) => void): void {
  for (let seed = 0; seed < worlds; seed++) {
    try {
      const world = kept.get(seed) ?? runWorld(seed)
      if (worlds <= 500) kept.set(seed, world)
      holds(world)
    } catch (error) {
      throw new Error(`seed ${seed}: ${(error as Error).message}`, { cause: error })
    }
  }
}
