import type { Rule } from './rule.ts'

/** Only what has a deadline can be cancelled when it passes. */
export const cancelDeadline: Rule = context => {
  for (const [i, workload] of (context.view.workloads ?? []).entries()) {
    const path = ['spec', 'workloads', i, 'job']
    if (workload?.job?.onMiss === 'cancel' && !context.says([...path, 'deadline']))
      context.problems.add('missing-field', [...path, 'onMiss'], 'there is no deadline after which to cancel', {
        hint: 'Add `deadline`, or remove `onMiss`.',
      })
  }
}
