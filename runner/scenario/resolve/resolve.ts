/** The file as a draft of a Scenario, everything in the engine's units. */
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { readTime } from '../quantities.ts'
import { resolveClusters } from './clusters.ts'
import { resolveExpectations } from './expectations.ts'
import { resolveFailures } from './failures.ts'
import { resolveNetwork } from './network.ts'
import { resolvePolicies } from './policies.ts'
import { resolveWorkloads } from './workloads.ts'

export interface Resolved {
  draft: Draft
  missingLatencies: { from: string; to: string }[]
}

export function resolve(context: Context): Resolved {
  const { view } = context
  const { latencyS, missing } = resolveNetwork(context)
  const draft: Draft = {
    seed: view.seed ?? 1,
    start: startOf(context),
    horizonS: context.orDefault(
      context.read('positiveDuration', view.horizon, ['spec', 'horizon']),
      ['spec', 'horizon'],
      null,
    ),
    warmupS: context.orDefault(context.read('duration', view.warmup, ['spec', 'warmup']), ['spec', 'warmup'], 0),
    scaling: context.read('scaling', view.scaling ?? 100, ['spec', 'scaling']),
    clusters: resolveClusters(context),
    latencyS,
    workloads: resolveWorkloads(context),
    policies: resolvePolicies(context),
    failures: resolveFailures(context),
    replications: (typeof view.replications === 'object' ? view.replications.count : view.replications) ?? 30,
    expect: resolveExpectations(context),
  }
  return { draft, missingLatencies: missing }
}

function startOf(context: Context): string | undefined {
  try {
    return readTime(context.view.start ?? '2026-01-01T00:00:00Z')
  } catch (error) {
    context.refuse(error, ['spec', 'start'])
    return undefined
  }
}
