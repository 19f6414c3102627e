/** The file as a draft of a Scenario, everything in the engine's units. */
import { modeFactors } from '../../../schemas/mode-factors.ts'
import type { Calibration } from '../calibration-file.ts'
import type { Context } from '../context.ts'
import type { Draft } from '../draft.ts'
import { readTime } from '../quantities.ts'
import type { Scenario } from '../scenario.ts'
import { describeCalibration, readCalibration } from './calibration.ts'
import { resolveClusters } from './clusters.ts'
import { resolveExecute } from './execute.ts'
import { resolveExpectations } from './expectations.ts'
import { resolveFailures } from './failures.ts'
import { resolveNetwork } from './network.ts'
import { resolvePolicies } from './policies.ts'
import { resolveRandomFailures } from './random-failures.ts'
import type { RateCover } from './rates.ts'
import { resolveReplications } from './replications.ts'
import { resolveTenants } from './tenants.ts'
import { resolveTriggers } from './triggers.ts'
import { resolveWorkloads } from './workloads.ts'

export interface Resolved {
  draft: Draft
  missingLatencies: { from: string; to: string }[]
  rateCovers: RateCover[]
}

export function resolve(context: Context): Resolved {
  const { view } = context
  const { latencyS, bandwidth, missing } = resolveNetwork(context)
  const start = startOf(context)
  const horizon = ['spec', 'horizon']
  const horizonS = context.orDefault(context.read('positiveDuration', view.horizon, horizon), horizon, null)
  const calibration = readCalibration(context)
  const { clusters, covers } = resolveClusters(context, { start, horizonS }, calibration)
  const draft: Draft = {
    seed: view.seed ?? 1,
    start,
    horizonS,
    warmupS: context.orDefault(context.read('duration', view.warmup, ['spec', 'warmup']), ['spec', 'warmup'], 0),
    scaling: context.read('scaling', view.scaling ?? 100, ['spec', 'scaling']),
    clusters,
    latencyS,
    bandwidth,
    modes: { ...modesOf(context), ...measuredModes(calibration) },
    compat: context.orDefault(view.compat, ['spec', 'compat'], null),
    workloads: resolveWorkloads(context),
    tenants: resolveTenants(context),
    policies: resolvePolicies(context),
    failures: resolveFailures(context),
    randomFailures: resolveRandomFailures(context),
    triggers: resolveTriggers(context),
    ...resolveReplications(context),
    expect: resolveExpectations(context),
    execute: resolveExecute(context),
    calibration: calibration === null ? undefined : describeCalibration(calibration),
  }
  return { draft, missingLatencies: missing, rateCovers: covers }
}

const modesOf = (context: Context): Draft['modes'] => ({
  wasm: context.orDefault(context.view.modes?.wasm, ['spec', 'modes', 'wasm'], modeFactors.wasm.value),
  emulated: context.orDefault(context.view.modes?.emulated, ['spec', 'modes', 'emulated'], modeFactors.emulated.value),
})

const measuredModes = (calibration: Calibration | null): Partial<Scenario['modes']> =>
  Object.fromEntries(Object.entries(calibration?.modes ?? {}).map(([mode, fit]) => [mode, fit.value]))

function startOf(context: Context): string | undefined {
  try {
    return readTime(context.view.start ?? '2026-01-01T00:00:00Z')
  } catch (error) {
    context.refuse(error, ['spec', 'start'])
    return undefined
  }
}
