import { findMetric } from '../../../engine/metrics.ts'
import { suggest } from '../suggest.ts'
import type { Rule } from './rule.ts'

/** Expectations are about clusters and policies that exist, and about metrics that clusters have. */
export const expectationScope: Rule = ({ view, problems, names }, draft) => {
  const labels = draft.policies.flatMap(policy => (policy === undefined ? [] : [policy.label]))
  for (const [i, expectation] of draft.expect.entries()) {
    if (expectation === undefined) continue
    const isText = typeof view.expect?.[i] === 'string'
    const path = (field: string) => (isText ? ['spec', 'expect', i] : ['spec', 'expect', i, field])
    const { of, metric, policy } = expectation
    if (of !== null && !names.clusters.includes(of))
      problems.add('unknown-reference', path('of'), `there is no cluster “${of}”`, {
        hint: suggest(of, names.clusters, 'Name a cluster.'),
      })
    else if (of !== null && findMetric(metric)?.perCluster !== true)
      problems.add('bad-expectation', path('of'), `${metric} is of the whole fabric, not of a cluster`, {
        hint: `Remove ${isText ? `“(${of})”` : '`of`'}.`,
      })
    if (policy !== null && !labels.includes(policy) && labels.length === draft.policies.length)
      problems.add('unknown-reference', path('policy'), `there is no policy labelled “${policy}”`, {
        hint: suggest(policy, labels, 'Name a policy of this scenario.'),
      })
  }
}
