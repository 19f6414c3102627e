import type { Path } from '../document.ts'
import { nodePrefixOf } from '../resolve/clusters.ts'
import type { Rule } from './rule.ts'

/** Clusters, workloads, prefixes of nodes and labels of policies are unique. */
export const duplicateNames: Rule = ({ view, problems }, draft) => {
  const check = (what: string, names: readonly (string | undefined)[], path: (i: number) => Path, hint?: string) => {
    for (const [i, name] of names.entries())
      if (name !== undefined && names.indexOf(name) < i)
        problems.add('duplicate-name', path(i), `${what} “${name}” stands twice`, hint === undefined ? {} : { hint })
  }
  const clusters = view.fabric?.clusters ?? []
  check(
    'the cluster',
    clusters.map(cluster => cluster?.name),
    i => ['spec', 'fabric', 'clusters', i, 'name'],
  )
  // Clusters of one name have been told already.
  const firstOfName = (i: number) => clusters.findIndex(cluster => cluster?.name === clusters[i]?.name) === i
  check(
    'the prefix of nodes',
    clusters.map((cluster, i) => (cluster !== undefined && firstOfName(i) ? nodePrefixOf(cluster) : undefined)),
    i => ['spec', 'fabric', 'clusters', i, clusters[i]?.nodePrefix === undefined ? 'name' : 'nodePrefix'],
    'Nodes of different clusters must have different names: give another nodePrefix.',
  )
  check(
    'the workload',
    (view.workloads ?? []).map(workload => workload?.name),
    i => ['spec', 'workloads', i, 'name'],
  )
  check(
    'the policy',
    draft.policies.map(policy => policy?.label),
    i =>
      typeof view.policies?.[i] === 'object' && view.policies[i].label !== undefined
        ? ['spec', 'policies', i, 'label']
        : ['spec', 'policies', i],
    'Remove it, or give it a label of its own: `{name: {…}, label: another}`.',
  )
}
