import { isSweep, namedFactors } from '../factors.ts'
import { formatDuration } from '../format/duration.ts'
import { formatCount } from '../format/number.ts'
import type { Results } from '../results.ts'

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)}\u00a0${count === 1 ? one : many}`

/** What was asked, in a handful of facts. */
export function facts(results: Results): { name: string; value: string }[] {
  const { scenario, fabric, policies } = results
  const jobs = results.demand.reduce((sum, row) => sum + row.jobs, 0)
  const length = scenario.horizonS === null ? 'until the work is done' : formatDuration(scenario.horizonS)
  const warmup = scenario.warmupS > 0 ? `, warm-up ${formatDuration(scenario.warmupS)}` : ''
  const swept = isSweep(results) ? ` \u00d7 ${counted(results.points.length, 'point')}` : ''
  // Fabric, work and failures are those of the first point, and say so where the sweep may have changed them.
  const named = (name: string, part: string) =>
    isSweep(results) && results.factors.some(({ path }) => path.includes(part)) ? `${name}, first point` : name
  return [
    {
      name: 'Compared',
      value: `${counted(policies.length, 'policy', 'policies')} \u00d7 ${counted(scenario.replications, 'replication')}${swept}`,
    },
    ...namedFactors(results).map(factor => ({ name: factor.name, value: levelsInWords(factor.levels) })),
    {
      name: named('Fabric', 'fabric'),
      value: `${counted(fabric.clusters.length, 'cluster')}, ${counted(fabric.nodes, 'node')}, ${counted(fabric.cores, 'core')}`,
    },
    { name: named('Work', 'workloads'), value: `${formatCount(Math.round(jobs))} jobs a run` },
    { name: named('Length', 'horizon'), value: `${length}${warmup}` },
    { name: named('Failures', 'failures'), value: failuresInWords(results) },
  ]
}

/** All of them, or where they are many the ends. */
const levelsInWords = (levels: readonly string[]): string =>
  levels.length <= 6 ? levels.join(', ') : `${levels[0]} \u2026 ${levels.at(-1)} (${levels.length} levels)`

function failuresInWords({ failures, randomFailures = [], triggeredFailures = [] }: Results): string {
  return (
    [scheduledInWords(failures), ...randomFailures, ...triggeredFailures].filter(words => words !== '').join('; ') ||
    'none'
  )
}

function scheduledInWords(failures: Results['failures']): string {
  const [first] = failures
  if (first === undefined) return ''
  if (failures.length > 1) return counted(failures.length, 'failure')
  const lasting = first.endS === null ? 'for good' : `for ${formatDuration(first.endS - first.atS)}`
  return `${first.label} at ${formatDuration(first.atS)}, ${lasting}`
}
