/** Sentences at the head of a section. */
import { grids, mostMaps } from '../charts/sweep/grid.ts'
import { windowsInWords } from '../charts/time-axis.ts'
import { isSweep, namedFactors } from '../factors.ts'
import type { Results } from '../results.ts'

/** What stands for what in the charts over all points. */
export function overSweep(results: Results): string {
  const [first, ...others] = grids(results)
  if (first === undefined)
    return `Means over replications${hasBands(results) ? ', with their 95\u00a0% intervals' : ''}.`
  const each = others.length > 0 ? '; there is one for each combination of the other factors' : ''
  const shown = Math.max(1, Math.floor(mostMaps / results.policies.length))
  const cut = others.length >= shown ? ` Not all of them are shown, but the table below has all points.` : ''
  return `Each map has ${first.x.name} across and ${first.y.name} down the side${each}.${cut}`
}

export function overTime(results: Results): string {
  const lines = hasBands(results) ? 'Lines are means over replications, bands their 95\u00a0% intervals.' : ''
  const failures = results.failures.length === 0 ? '' : ` Pink: ${windowsInWords(results)}.`
  const warmup = results.scenario.warmupS > 0 ? ' Grey: warm-up, not measured.' : ''
  return `${lines}${failures}${warmup}`.trim()
}

export function ofDifferences(results: Results): string {
  const paired = hasBands(results)
    ? `Policies met the same luck, so their differences are taken replication by replication; what lies beyond chance is corrected for the number of pairs (Holm)${isSweep(results) ? ', at each point by itself' : ''}. `
    : ''
  // Of one factor they are lines or dots, whose colours stand for pairs.
  const byPair = isSweep(results) && namedFactors(results).length === 1
  return `${paired}${byPair ? '' : 'Blue: the first is better; orange: the second; grey: they cannot be told apart.'}`.trim()
}

const hasBands = (results: Results): boolean => results.rows.some(row => row.method === 't')
