import type { Maybe } from '../draft.ts'
import { lies, placeKinds } from '../resolve/members.ts'
import type { ScenarioCluster, ScenarioMembers } from '../scenario.ts'
import { suggest } from '../suggest.ts'
import type { Rule } from './rule.ts'

/** Members that fail at random or are drawn exist, and can fail. */
export const failureMembers: Rule = ({ view, problems, names }, draft) => {
  for (const [i, failure] of (view.failures ?? []).entries()) {
    const path = ['spec', 'failures', i]
    const kind = placeKinds.find(candidate => failure?.in?.[candidate] !== undefined)
    const name = kind === undefined ? undefined : failure?.in?.[kind]
    if (kind !== undefined && name !== undefined) {
      const known: readonly string[] = { zone: names.zones, cluster: names.clusters, pool: names.pools }[kind]
      if (!known.includes(name)) {
        problems.add('unknown-reference', [...path, 'in', kind], `there is no ${kind} “${name}”`, {
          hint: suggest(name, known, `Declare it, or name another ${kind}.`),
        })
        continue
      }
    }
    const members = draft.randomFailures[i] ?? draft.triggers[i]?.members
    const clusters = draft.clusters.filter(cluster => cluster !== undefined)
    if (members?.within === undefined || clusters.length === 0 || clusters.length < draft.clusters.length) continue
    const why = whyNobody(members, clusters)
    if (why !== null)
      problems.add('out-of-range', path, `${why.message}: nothing fails`, { severity: 'warning', hint: why.hint })
  }
}

/** Why nobody of these can fail; null where somebody can. */
function whyNobody(
  { of, within, weightedBy }: Partial<Maybe<ScenarioMembers>>,
  clusters: readonly ScenarioCluster[],
): { message: string; hint: string } | null {
  const inside = clusters.filter(cluster => lies(cluster, within ?? null))
  if (inside.length === 0)
    return { message: `no cluster is of pool “${within?.name}”`, hint: 'Name a pool that a cluster uses.' }
  if (of === 'links' && clusters.length === 1)
    return { message: 'with one cluster there are no links', hint: 'Declare another cluster, or remove it.' }
  // A link has two ends, of which the other may lie anywhere.
  const ends = of === 'links' ? clusters : inside
  return weightedBy === 'resiliency' && ends.every(({ resiliency }) => resiliency === 1)
    ? { message: 'all of these have the resiliency 1', hint: 'Give their pools a resiliency below 1.' }
    : null
}
