/** Detection of failures and the restart of what they took. */
import type { Model } from '../../engine/index.ts'
import { mean } from '../../engine/statistics/descriptive.ts'
import type { AttemptRecords } from './attempts.ts'
import { simple } from './energy-rows.ts'
import { judge } from './judge.ts'
import { rowOf } from './latency-rows.ts'
import type { Observation, ObservedFailure } from './observation.ts'
import { restarts } from './restarts.ts'
import { missingOf, uncertaintyS } from './trust.ts'
import type { FailureRow, VerificationRow } from './verification.ts'

/** Failures as they were meant and as they came. */
export const failureTable = (model: Model, { failures }: Observation): FailureRow[] =>
  failures.map(failure => ({
    label: failure.label,
    cluster: failure.cluster,
    means: failure.means,
    plannedS: failure.plannedS,
    injectedS: failure.injectedS,
    predictedDetectionS: detectionOf(model, failure),
    detectionS: delay(failure),
    recoveredS: failure.recoveredS,
  }))

/**
 * Mean time from injection to detection (over failures that were detected), and from a stage's first loss until it
 * ran again for good (over what was lost on each side). Nothing where there were no failures.
 */
export function failureRows(
  model: Model,
  observation: Observation,
  sides: { predicted: AttemptRecords; observed: AttemptRecords },
  tolerance: number,
): VerificationRow[] {
  const detected = observation.failures.filter(failure => delay(failure) !== null)
  const detection = simple(
    mean(detected.map(failure => detectionOf(model, failure))),
    mean(detected.map(failure => delay(failure) as number)),
    detected.length,
  )
  const noticedS = (node: number) => model.clusters.detectionS[model.nodeCluster[node]]
  const [before, after] = [restarts(sides.predicted, noticedS), restarts(sides.observed, noticedS)]
  const restart = simple(mean(before), mean(after), after.length)
  const row = (quantity: string, error: ReturnType<typeof simple>) => {
    const verdict = judge({
      ...error,
      scale: error.observed,
      tolerance,
      jobs: null,
      uncertainty: uncertaintyS(observation.telemetry),
      unit: 's',
      given: null,
      untrusted: missingOf(observation, quantity),
    })
    return { ...rowOf('fabric', quantity, 'mean', 's', error), tolerance, ...verdict }
  }
  return [
    ...(observation.failures.length === 0 ? [] : [row('detection', detection)]),
    ...(before.length + after.length === 0 ? [] : [row('restart', restart)]),
  ]
}

/** What is between clusters is noticed as quickly as the far one notices. */
const detectionOf = ({ clusters }: Model, { cluster, other }: ObservedFailure): number =>
  clusters.detectionS[clusters.names.indexOf(other ?? cluster)]

const delay = ({ injectedS, detectedS }: ObservedFailure): number | null =>
  injectedS === null || detectedS === null ? null : detectedS - injectedS
