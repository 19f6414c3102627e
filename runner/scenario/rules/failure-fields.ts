import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import { effectKinds } from '../resolve/effects.ts'
import { type Coming, comingOf, comings } from '../resolve/failures.ts'
import { drawsMembers, memberFields } from '../resolve/triggers.ts'
import { checkEffect, checkMembers } from './failure-effects.ts'
import { hasUnknown } from './link-ends.ts'
import type { Rule } from './rule.ts'

/** What belongs to each way of coming, beside its own name. */
const fields: Readonly<Record<Coming, readonly string[]>> = {
  at: ['for', ...effectKinds],
  mtbf: ['mttr', 'of', 'in', 'weightedBy', 'slow'],
  when: ['for', 'rearm', ...effectKinds, ...memberFields],
}
const all = [...new Set([...comings, ...Object.values(fields).flat()])]

/** A failure comes at its time, at random or upon a condition, and has the fields that belong to that. */
export const failureFields: Rule = context => {
  for (const [i, failure] of (context.view.failures ?? []).entries()) {
    const path: Path = ['spec', 'failures', i]
    const says = (field: string) => context.says([...path, field])
    // With several ways of coming, or none, it is not known what was meant; that has been told.
    if (failure === undefined || comings.filter(says).length !== 1) continue
    const coming = comingOf(context, path)
    const strange = all.filter(field => says(field) && field !== coming && !fields[coming].includes(field))
    for (const field of strange)
      context.problems.add(
        'not-allowed',
        [...path, field],
        `“${field}” does not belong to a failure with “${coming}”`,
        {
          key: true,
          hint: `Remove it, or write a failure with ${homesOf(field)}.`,
        },
      )
    // What is unknown or strange is most likely what is missing, and has been told.
    if (strange.length === 0 && !hasUnknown(context, path, all)) checkWhat(context, path, coming)
  }
}

const homesOf = (field: string): string =>
  comings
    .filter(coming => fields[coming].includes(field))
    .map(coming => `\`${coming}\``)
    .join(' or ')

/** One effect, or members. */
function checkWhat(context: Context, path: Path, coming: Coming): void {
  const says = (...steps: readonly string[]) => context.says([...path, ...steps])
  if (coming === 'mtbf' && !says('mttr'))
    context.problems.add('missing-field', path, 'a failure with “mtbf” needs “mttr”', {
      hint: 'Add it, such as `mttr: 15m`.',
    })
  if (coming === 'when' && says('rearm') && !says('for'))
    context.problems.add(
      'not-allowed',
      [...path, 'rearm'],
      'without “for” the failure never ends: it is never rearmed',
      {
        key: true,
        hint: 'Add `for`, or remove `rearm`.',
      },
    )
  if (coming === 'mtbf' || (coming === 'when' && drawsMembers(context, path))) checkMembers(context, path)
  else checkEffect(context, path, coming)
}
