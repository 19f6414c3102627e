import { formatDuration } from '../format/duration.ts'
import { formatCount } from '../format/number.ts'
import type { Results } from '../results.ts'

const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)}\u00a0${count === 1 ? one : many}`

/** What was asked, in a handful of facts. */
export function facts(results: Results): { name: string; value: string }[] {
  const { scenario, fabric, policies, failures } = results
  const jobs = results.demand.reduce((sum, row) => sum + row.jobs, 0)
  const length = scenario.horizonS === null ? 'until the work is done' : formatDuration(scenario.horizonS)
  const warmup = scenario.warmupS > 0 ? `, warm-up ${formatDuration(scenario.warmupS)}` : ''
  return [
    {
      name: 'Compared',
      value: `${counted(policies.length, 'policy', 'policies')} \u00d7 ${counted(scenario.replications, 'replication')}`,
    },
    {
      name: 'Fabric',
      value: `${counted(fabric.clusters.length, 'cluster')}, ${counted(fabric.nodes, 'node')}, ${counted(fabric.cores, 'core')}`,
    },
    { name: 'Work', value: `${formatCount(Math.round(jobs))} jobs a run` },
    { name: 'Length', value: `${length}${warmup}` },
    { name: 'Failures', value: failures.length === 0 ? 'none' : failuresInWords(results) },
  ]
}

function failuresInWords({ failures }: Results): string {
  const [first] = failures
  if (failures.length > 1) return counted(failures.length, 'failure')
  const lasting = first.endS === null ? 'for good' : `for ${formatDuration(first.endS - first.atS)}`
  return `${first.label} at ${formatDuration(first.atS)}, ${lasting}`
}
