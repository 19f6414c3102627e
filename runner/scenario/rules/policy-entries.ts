import { policyNames } from '../resolve/policies.ts'
import type { Rule } from './rule.ts'

/** An entry of the list is one policy. */
export const policyEntries: Rule = context => {
  for (const [i, policy] of (context.view.policies ?? []).entries()) {
    if (typeof policy !== 'object') continue
    const names = policyNames(policy)
    const path = ['spec', 'policies', i]
    if (names.length > 1)
      context.problems.add('not-allowed', [...path, names[1]], 'an entry names one policy', {
        key: true,
        hint: 'Make it an entry of the list of its own, with a dash before it.',
      })
    // An unknown policy beside the label has been told already.
    if (names.length === 0 && Object.keys(context.rawMapping(path)).every(key => key === 'label'))
      context.problems.add('missing-field', path, 'the entry names no policy', {
        hint: 'Write `- greedy-latency` or `- resilient: {shadows: 1}`.',
      })
  }
}
