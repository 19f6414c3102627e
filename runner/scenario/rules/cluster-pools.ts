import { suggest } from '../suggest.ts'
import type { Rule } from './rule.ts'

/** The pool of each cluster exists. */
export const clusterPools: Rule = ({ view, problems, names }) => {
  for (const [i, cluster] of (view.fabric?.clusters ?? []).entries())
    if (cluster?.pool !== undefined && !names.pools.includes(cluster.pool))
      problems.add(
        'unknown-reference',
        ['spec', 'fabric', 'clusters', i, 'pool'],
        `there is no pool “${cluster.pool}”`,
        {
          hint: suggest(cluster.pool, names.pools, 'Declare it under spec.fabric.pools.'),
        },
      )
}
