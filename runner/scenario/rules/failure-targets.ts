import { hasNode } from '../resolve/clusters.ts'
import { targetKinds } from '../resolve/failures.ts'
import { suggest } from '../suggest.ts'
import type { SpecView } from '../view.ts'
import type { Rule } from './rule.ts'

/** What fails exists. */
export const failureTargets: Rule = ({ view, problems, names }) => {
  for (const [i, failure] of (view.failures ?? []).entries())
    for (const kind of targetKinds) {
      const name = failure?.blackout?.[kind]
      if (name === undefined) continue
      const path = ['spec', 'failures', i, 'blackout', kind]
      const known: readonly string[] = { zone: names.zones, cluster: names.clusters, pool: names.pools, node: [] }[kind]
      if (kind === 'node' ? someNode(view, name) : known.includes(name)) {
        if (kind === 'pool' && !isUsed(view, name))
          problems.add('unknown-reference', path, `no cluster is of pool “${name}”: nothing fails`, {
            severity: 'warning',
            hint: 'Name a pool that a cluster uses.',
          })
      } else
        problems.add('unknown-reference', path, `there is no ${kind} “${name}”`, {
          hint: suggest(
            name,
            known,
            kind === 'node'
              ? 'Nodes are called <nodePrefix>-01 and so on; the prefix is <cluster>-node unless said otherwise.'
              : `Declare it, or name another ${kind}.`,
          ),
        })
    }
}

const someNode = (view: SpecView, node: string): boolean =>
  (view.fabric?.clusters ?? []).some(cluster => cluster === undefined || hasNode(cluster, node))

const isUsed = (view: SpecView, pool: string): boolean =>
  (view.fabric?.clusters ?? []).some(cluster => cluster?.pool === undefined || cluster.pool === pool)
