/** Theory against intervals over independent replications: at 99.9 %, and seeded, so that a test holds or does not. */
import { expect } from 'vitest'
import type { Model, RunResult } from '../../engine/index.ts'
import { meanInterval } from '../../engine/statistics/intervals.ts'
import { run } from '../reference/tiny-model.ts'

export interface Experiment {
  replications?: number
  policy?: string
  options?: Record<string, unknown>
}

/** One value a replication for each of several questions. */
export function replicate<K extends string>(
  model: Model,
  questions: Record<K, (run: RunResult) => number>,
  { replications = 30, policy = 'fcfs', options = {} }: Experiment = {},
): Record<K, number[]> {
  const runs = Array.from({ length: replications }, (_, replication) => run(model, policy, options, replication))
  const answers = Object.entries(questions).map(([name, of]) => [name, runs.map(of as (run: RunResult) => number)])
  return Object.fromEntries(answers) as Record<K, number[]>
}

/** The interval holds the theory, and is narrow enough to say something: half width at most `within` of it. */
export function expectTheory(values: readonly number[], theory: number, within = 0.05): void {
  const { low, high } = meanInterval(values, 0.999)
  expect(low, `${theory} in [${low}, ${high}]`).toBeLessThanOrEqual(theory)
  expect(high, `${theory} in [${low}, ${high}]`).toBeGreaterThanOrEqual(theory)
  expect((high - low) / 2).toBeLessThanOrEqual(within * theory)
}

export const mean = (values: ArrayLike<number>): number =>
  (Array.prototype.reduce.call(values, (sum, value) => (sum as number) + value, 0) as number) / values.length
