import { placeKinds } from '../resolve/random-failures.ts'
import type { ScenarioCluster, ScenarioRandomFailure } from '../scenario.ts'
import { suggest } from '../suggest.ts'
import type { Rule } from './rule.ts'

/** What fails at random exists, and can fail. */
export const randomFailureMembers: Rule = ({ view, problems, names }, draft) => {
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
    const random = draft.randomFailures[i]
    const clusters = draft.clusters.filter(cluster => cluster !== undefined)
    if (random?.within === undefined || clusters.length < draft.clusters.length) continue
    const inside = clusters.filter(cluster => random.within === null || lies(cluster, random.within ?? null))
    const why =
      inside.length === 0
        ? `no cluster is of pool “${name}”: nothing fails`
        : random.weightedBy === 'resiliency' && inside.every(({ resiliency }) => resiliency === 1)
          ? 'all of these have the resiliency 1: nothing fails'
          : null
    if (why !== null)
      problems.add('out-of-range', path, why, {
        severity: 'warning',
        hint: inside.length === 0 ? 'Name a pool that a cluster uses.' : 'Give their pools a resiliency below 1.',
      })
  }
}

const lies = (cluster: ScenarioCluster, within: ScenarioRandomFailure['within']): boolean =>
  within === null ||
  (within.kind === 'pool' ? cluster.pool : within.kind === 'zone' ? cluster.zone : cluster.name) === within.name
