/** One world, one policy, two simulations: what differs, and in which smallest world. */
import { inspect } from 'node:util'
import { findPolicy, simulate } from '../../engine/index.ts'
import { buildModel } from './build-model.ts'
import { firstDifference } from './compare.ts'
import { Generator } from './generator.ts'
import type { ModelSpec } from './model-spec.ts'
import type { Mutation } from './mutations.ts'
import { naivePolicyNames } from './naive-policies.ts'
import { features } from './random-style.ts'
import { type PolicyChoice, referenceRun } from './reference.ts'
import { shrink } from './shrink.ts'

/** The first difference between engine and reference; null: they agree. */
export function disagreement(spec: ModelSpec, policy: PolicyChoice, mutation: Mutation = 'none'): string | null {
  const model = buildModel(spec)
  const replication = (spec.seed ?? 0) % 3
  const create = findPolicy(policy.name)!.create
  const record = { jobs: true, decisions: true, events: true }
  const engine = () => simulate(model, create(policy.options), { replication, record })
  try {
    return firstDifference(engine(), referenceRun(model, policy, replication, mutation))
  } catch (error) {
    return String((error as Error).stack)
  }
}

/** A disagreement for a person: the smallest world that shows it, and the first row that differs there. */
export function describeDisagreement(
  title: string,
  spec: ModelSpec,
  policy: PolicyChoice,
  mutation: Mutation = 'none',
): string {
  const smallest = shrink(spec, candidate => disagreement(candidate, policy, mutation) !== null)
  const world = inspect(smallest, { depth: 9, breakLength: 120, maxArrayLength: 100 })
  return `${title}, policy ${inspect(policy)}\n${disagreement(smallest, policy, mutation)}\nsmallest world: ${world}`
}

/** Policies as the table has them, and for each seed one put together from parts. */
export const plainPolicies: PolicyChoice[] = [
  ...naivePolicyNames.map(name => ({ name, options: {} })),
  ...(features.has('standby') ? [{ name: 'resilient', options: { mode: 'standby', only: 'all', shadows: 2 } }] : []),
]

/** Standbys are as many as hot shadows, where worlds have them at all. */
const standbyMode = (seed: number): { mode?: string } =>
  features.has('standby') ? { mode: new Generator(seed ^ 0x1b873593).pick(['hot', 'standby']) } : {}

export function mixedPolicy(seed: number): PolicyChoice {
  const g = new Generator(seed ^ 0x5bd1e995)
  const parts = {
    order: g.pick(['fcfs', 'sjf', 'fcfs', 'sjf', 'ljf', 'wfp3', 'unicep']),
    blocking: g.chance(0.5),
    choice: g.pick([
      ...['first-fit', 'best-fit', 'least-allocated', 'round-robin', 'greedy-latency', 'random', 'data-locality'],
      ...g.pick([
        [],
        ['worst-fit', 'best-fit-gpu', 'dot-product', 'gpu-packing', 'gpu-clustering', 'fragmentation', 'kube-default'],
      ]),
    ]),
  }
  const shadows = { shadows: g.whole(0, 3), only: g.pick(['deadline', 'all']), ...standbyMode(seed) }
  return g.chance(0.5) ? { name: 'resilient', options: { ...parts, ...shadows } } : { name: 'fcfs', options: parts }
}
