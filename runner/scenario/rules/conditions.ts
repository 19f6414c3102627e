import { findMetric } from '../../../engine/metrics.ts'
import { suggest } from '../suggest.ts'
import type { Rule } from './rule.ts'

/** Conditions are about clusters that exist, metrics that clusters have, and bounds that can be crossed. */
export const conditions: Rule = ({ view, problems, names }, draft) => {
  for (const [i, trigger] of draft.triggers.entries()) {
    const when = trigger?.when
    if (when === undefined) continue
    const isText = typeof view.failures?.[i]?.when === 'string'
    const path = (field: string) => ['spec', 'failures', i, 'when', ...(isText ? [] : [field])]
    const metric = findMetric(when.metric)
    if (when.of !== null && metric?.perCluster !== true)
      problems.add('bad-condition', path('of'), `${when.metric} is of the whole fabric, not of a cluster`, {
        hint: `Remove ${isText ? `“(${when.of})”` : '`of`'}.`,
      })
    else if (when.of !== null && !names.clusters.includes(when.of))
      problems.add('unknown-reference', path('of'), `there is no cluster “${when.of}”`, {
        hint: suggest(when.of, names.clusters, 'Name a cluster.'),
      })
    if (metric?.share === true && when.value > 1)
      problems.add(
        'out-of-range',
        path('value'),
        `${when.metric} is a share, never above 1: this ${when.op.startsWith('>') ? 'never holds' : 'always holds'}`,
        { severity: 'warning', hint: 'Write a percentage, such as 90%, or a number such as 0.9.' },
      )
  }
}
