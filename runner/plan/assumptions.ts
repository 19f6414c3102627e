/** What a plan's figures rest on, each in a sentence. */
import type { PlanningFabric } from './fabric.ts'
import type { Prediction } from './plan.ts'
import type { CheckedRequest } from './request.ts'

export function assumptionsOf(
  { scenario, clusterNames }: PlanningFabric,
  request: CheckedRequest,
  predicted: Prediction,
): string[] {
  const { origin } = request.job.metadata
  return [
    `Fabric of the scenario ${scenario.name}, as it is now: nothing else arrives and nothing fails while the job runs.`,
    'Energy and emissions are what the job adds to idle nodes, power usage effectiveness included.',
    ...(origin === undefined ? [`No origin was given: it is taken to be ${clusterNames[0]}.`] : []),
    ...('backfill' in request.options && request.options.backfill !== 'none'
      ? ['One job is planned at a time: there is nothing to fill in behind it.']
      : []),
    ...(predicted.emissions_g === null ? ['The carbon intensity of a cluster that it uses is not known.'] : []),
    predicted.replications === 1
      ? 'Nothing of the job is left to luck: intervals have no width.'
      : `Intervals are those of ${predicted.replications} replications: 95 of 100 such jobs lie within.`,
  ]
}
