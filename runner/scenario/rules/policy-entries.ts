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
    if (names.length === 0 && Object.keys(context.rawMapping(path)).every(key => ['label', 'options'].includes(key)))
      context.problems.add('missing-field', path, 'the entry names no policy', {
        hint: 'Write `- greedy-latency` or `- resilient: {shadows: 1}`.',
      })
    if (policy.options !== undefined && policy.file === undefined && names.length > 0)
      context.problems.add('not-allowed', [...path, 'options'], '`options` are those of a policy in a `file`', {
        key: true,
        hint: 'Write those of a policy that has a name behind it: `- resilient: {shadows: 1}`.',
      })
  }
}
