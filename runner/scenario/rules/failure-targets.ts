import { hasNode } from '../resolve/clusters.ts'
import { targetKinds } from '../resolve/effects.ts'
import { suggest } from '../suggest.ts'
import type { SpecView } from '../view.ts'
import type { Rule } from './rule.ts'

/** What fails exists. */
export const failureTargets: Rule = ({ view, problems, names }) => {
  for (const { kind, name, path } of namedTargets(view)) {
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

/** What goes dark or slow by name. */
const namedTargets = (view: SpecView) =>
  (view.failures ?? []).flatMap((failure, i) =>
    (['blackout', 'slow'] as const).flatMap(effect =>
      targetKinds.flatMap(kind => {
        const name = failure?.[effect]?.[kind]
        return name === undefined ? [] : [{ kind, name, path: ['spec', 'failures', i, effect, kind] }]
      }),
    ),
  )

const someNode = (view: SpecView, node: string): boolean =>
  (view.fabric?.clusters ?? []).some(cluster => cluster === undefined || hasNode(cluster, node))

const isUsed = (view: SpecView, pool: string): boolean =>
  (view.fabric?.clusters ?? []).some(cluster => cluster?.pool === undefined || cluster.pool === pool)
