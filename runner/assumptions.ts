/** Sentences that say what a prediction rests on, for the report. */
import { basename } from 'node:path'
import type { TraceNote } from './compile/workloads.ts'
import type { Scenario } from './scenario/scenario.ts'

export function assumptionsOf(scenario: Scenario, traces: readonly TraceNote[]): string[] {
  const pools = [...new Set(scenario.clusters.map(cluster => cluster.pool))].sort()
  return [
    ...pools.flatMap(pool => {
      const source = scenario.poolSources?.[pool]
      return source === undefined ? [] : [`Pool ${pool}: ${source}`]
    }),
    ...traces.map(describeTrace),
    'Power is linear in the cores in use between the idle and busy watts of each node; a failed node draws its failed watts; the facility draws PUE times that.',
    'Latency counts the request from the origin to the cluster, waiting, start-up, work and the answer back; moving data costs nothing but latency.',
    'CPU is not overcommitted: a task gets the cores that it asks for, at the speed of its node.',
    'A failed node loses what runs on it; the work starts again from the begin after the failure was detected.',
    `Real clusters get 1/${scenario.scaling} of the declared resources (scaling 1:${scenario.scaling}).`,
  ]
}

function describeTrace({ workload, file, jobs, skipped }: TraceNote): string {
  const left = Object.entries(skipped).map(([reason, count]) => `${count} left out (${reason})`)
  return `Workload ${workload}: ${jobs} jobs of ${basename(file)}${left.length === 0 ? '' : `, ${left.join(', ')}`}.`
}
