import type { Path } from '../document.ts'
import { isRandom } from '../resolve/failures.ts'
import type { Rule } from './rule.ts'

const scheduled = ['at', 'for', 'blackout']
const random = ['mtbf', 'mttr', 'of', 'in', 'weightedBy']

/** A failure comes at its time or at random, and has the fields that belong to that. */
export const failureFields: Rule = context => {
  for (const [i, failure] of (context.view.failures ?? []).entries()) {
    const path: Path = ['spec', 'failures', i]
    const says = (field: string) => context.says([...path, field])
    // With both, or neither, it is not known what was meant; that has been told.
    if (failure === undefined || says('at') === says('mtbf')) continue
    const [kind, others, needs, hint] = isRandom(context, path)
      ? (['mtbf', scheduled, 'mttr', 'Add it, such as `mttr: 15m`.'] as const)
      : (['at', random, 'blackout', 'Add it, such as `blackout: {zone: eu-1}`.'] as const)
    for (const field of others.filter(says))
      context.problems.add('not-allowed', [...path, field], `“${field}” does not belong to a failure with “${kind}”`, {
        key: true,
        hint: `Remove it, or write a failure with \`${kind === 'at' ? 'mtbf' : 'at'}\`.`,
      })
    // An unknown field is most likely what is missing, and has been told.
    const strange = Object.keys(context.rawMapping(path)).some(key => ![...scheduled, ...random].includes(key))
    if (!says(needs) && !others.some(says) && !strange)
      context.problems.add('missing-field', path, `a failure with “${kind}” needs “${needs}”`, { hint })
  }
}
