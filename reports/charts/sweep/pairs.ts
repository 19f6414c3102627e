import { bestPolicies, comparison, pointViews } from '../../lookup.ts'
import type { MetricInfo, Results } from '../../results.ts'

export interface Pair {
  readonly a: string
  readonly b: string
  readonly name: string
}

const mostPairs = 6

/** Pairs of policies that were compared somewhere: all, or where they are many those of whoever is best most often. */
export function pairsOf(results: Results, metric: MetricInfo): Pair[] {
  const labels = results.policies.map(({ label }) => label)
  const all = labels.flatMap((a, i) => labels.slice(i + 1).map(b => pair(a, b)))
  const reference = all.length > mostPairs ? bestMostOften(results, metric) : null
  const picked = reference === null ? all : labels.filter(label => label !== reference).map(b => pair(reference, b))
  return picked.filter(({ a, b }) =>
    pointViews(results).some(view => comparison(view, metric.name, a, b) !== undefined),
  )
}

const pair = (a: string, b: string): Pair => ({ a, b, name: `${a} \u2212 ${b}` })

function bestMostOften(results: Results, metric: MetricInfo): string {
  const best = pointViews(results).flatMap(view => bestPolicies(view, metric).slice(0, 1))
  const count = (label: string) => best.filter(name => name === label).length
  return results.policies.map(({ label }) => label).reduce((a, b) => (count(b) > count(a) ? b : a))
}
