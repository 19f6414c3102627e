/** Predicted against observed, policy by policy: the one door of this folder. Pure: no clock, no console. */
import type { Model } from '../../engine/index.ts'
import type { ResultRow } from '../../reports/results.ts'
import type { ScenarioPolicy, Tolerance } from '../scenario/scenario.ts'
import { applicationRows } from './application-rows.ts'
import { energyRows } from './energy-rows.ts'
import { failureRows, failureTable } from './failure-rows.ts'
import { verdictOf } from './judge.ts'
import { kendall } from './kendall.ts'
import { latencyRows } from './latency-rows.ts'
import type { Observation } from './observation.ts'
import { parts } from './parts.ts'
import { placementRows } from './placement-rows.ts'
import { withRanges } from './ranges.ts'
import { type Noise, sampleOf } from './sample.ts'
import { observedSide, type Pairing, pairJobs, predictedSide, type Side } from './sides.ts'
import { givenInWords, isGiven } from './trust.ts'
import type { PolicyVerification, RankAgreement, Verification } from './verification.ts'

export interface VerifyInput {
  /** Of the scenario that was executed, as is everything else here. */
  model: Model
  provider: string
  tolerance: Tolerance
  /** How that scenario differs from the file: sentences. */
  derived: readonly string[]
  policies: readonly ScenarioPolicy[]
  /** By policy: one each. */
  observations: readonly Observation[]
  /** What was predicted over all replications. */
  estimates: readonly ResultRow[]
  /** Of the calibration in use. */
  noise: Noise | null
  /** Of the same: seconds of start-up that are seen as part of the run, by cluster of the model. */
  lateS?: Float64Array
}

/** Compares what was predicted with what was observed. Throws what the engine throws. */
export function verify(input: VerifyInput): Verification {
  const sides = input.policies.map((policy, p) => ({
    predicted: predictedSide(input.model, policy, input.observations[p].replication, input.lateS),
    observed: observedSide(input.model, input.observations[p]),
  }))
  const policies = sides.map((side, p) => verifyPolicy(input, p, side))
  return {
    provider: input.provider,
    tolerance: input.tolerance,
    derived: [...input.derived],
    verdict: verdictOf(policies.map(({ verdict }) => verdict)),
    policies,
    ranks: input.policies.length < 2 ? [] : ranksOf(policies),
  }
}

function verifyPolicy(
  { model, tolerance, policies, observations, estimates, noise }: VerifyInput,
  p: number,
  { predicted, observed }: { predicted: Side; observed: Side },
): PolicyVerification {
  const observation = observations[p]
  const pairing = pairJobs(model, predicted.jobs, observed.jobs)
  const compared = { model, predicted, observed, observation, pairs: pairing.completed, tolerance: tolerance.latency }
  const attempts = { predicted: predicted.attempts, observed: observed.attempts }
  const rows = [
    ...placementRows(model, observation, { predicted, observed }, pairing, tolerance.placement),
    ...latencyRows(compared),
    ...failureRows(model, observation, attempts, tolerance.recovery),
    ...energyRows(compared, tolerance),
    ...applicationRows(observation),
  ]
  return {
    policy: policies[p].label,
    verdict: verdictOf(rows.map(({ status }) => status)),
    given: givenInWords(observation),
    untrusted: untrustedOf(observation, pairing, predicted, observed),
    sources: [...(observation.telemetry.sources ?? [])],
    jobs: {
      predicted: predicted.jobs.ordinal.length,
      observed: observed.jobs.ordinal.length,
      compared: pairing.completed.observed.length,
    },
    rows: withRanges(
      rows,
      estimates.filter(({ policy }) => policy === policies[p].label),
    ),
    blame: blameOf(observation, rows),
    sample: sampleOf(model, predicted, observed, pairing.completed, noise),
    failures: failureTable(model, observation),
  }
}

/** What each part of the mean latency adds to its error, largest first. */
const blameOf = (observation: Observation, rows: PolicyVerification['rows']): PolicyVerification['blame'] =>
  parts
    .flatMap(part => {
      const row = rows.find(({ scope, quantity }) => scope === 'fabric' && quantity === part)
      return row?.error == null ? [] : [{ part, errorS: row.error, given: isGiven(observation, part) }]
    })
    .sort((a, b) => Math.abs(b.errorS) - Math.abs(a.errorS))

function untrustedOf({ telemetry }: Observation, pairing: Pairing, predicted: Side, observed: Side): string[] {
  const unpaired = predicted.jobs.ordinal.length + observed.jobs.ordinal.length - 2 * pairing.all.observed.length
  return [
    ...telemetry.missing.map(({ what, why }) => (what === 'all' ? why : `${what}: ${why}`)),
    ...(unpaired > 0 && predicted.jobs.ordinal.length !== observed.jobs.ordinal.length
      ? [`${predicted.jobs.ordinal.length} jobs were predicted, ${observed.jobs.ordinal.length} observed`]
      : []),
  ]
}

const ranked = [
  ['latency', 'mean'],
  ['latency', 'p95'],
  ['energy', 'total'],
  ['emissions', 'total'],
] as const

function ranksOf(policies: readonly PolicyVerification[]): RankAgreement[] {
  return ranked.map(([quantity, statistic]) => {
    const rows = policies.map(({ rows }) =>
      rows.find(row => row.scope === 'fabric' && row.quantity === quantity && row.statistic === statistic),
    )
    const predicted = rows.map(row => row?.predicted ?? null)
    const observed = rows.map(row => row?.observed ?? null)
    const both = predicted.flatMap((value, p) => {
      const other = observed[p]
      return value === null || other === null ? [] : [[value, other] as const]
    })
    const tau = kendall(
      both.map(([value]) => value),
      both.map(([, value]) => value),
    )
    const unit = rows.find(row => row !== undefined)?.unit ?? ''
    return { metric: `${quantity}.${statistic}`, unit, tau: Number.isNaN(tau) ? null : tau, predicted, observed }
  })
}
