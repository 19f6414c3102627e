/** What a failure does: one thing that it names, or something to members. */
import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import { effectKinds, targetKinds } from '../resolve/effects.ts'
import type { Coming } from '../resolve/failures.ts'
import { memberFields } from '../resolve/triggers.ts'
import { hasUnknown } from './link-ends.ts'

/** Members go dark or slow, links are cut: nothing else is said. */
export function checkMembers(context: Context, path: Path): void {
  for (const field of effectKinds.filter(kind => kind !== 'slow' && context.says([...path, kind])))
    context.problems.add('not-allowed', [...path, field], `“${field}” and members that are drawn exclude each other`, {
      key: true,
      hint: `Remove it, or ${saidOf(context, path).join(' and ')}.`,
    })
  for (const kind of placesOfSlow(context, path))
    context.problems.add('not-allowed', [...path, 'slow', kind], `“${kind}” does not belong to members that are slow`, {
      key: true,
      hint: 'Say who is slow by `of` and `in`, and here only `factor`.',
    })
  if (context.says([...path, 'slow']) && context.view.failures?.[Number(path[2])]?.of === 'links')
    context.problems.add('not-allowed', [...path, 'slow'], 'links are cut, they cannot be slow', {
      key: true,
      hint: 'Remove it, or use `inflation` at a time.',
    })
}

/** Fields that say who is drawn, as they would be named. */
const saidOf = (context: Context, path: Path): string[] =>
  memberFields.filter(name => context.says([...path, name])).map(name => `\`${name}\``)

/** Exactly one effect. */
export function checkEffect(context: Context, path: Path, coming: Coming): void {
  const [first, second] = effectKinds.filter(kind => context.says([...path, kind]))
  if (first === undefined)
    context.problems.add('missing-field', path, `a failure with “${coming}” needs what it does`, {
      hint: `Add one of ${effectKinds.join(', ')}, such as \`blackout: {zone: eu-1}\`${coming === 'when' ? ', or `of: nodes`' : ''}.`,
    })
  else if (second !== undefined)
    context.problems.add('not-allowed', [...path, second], `“${first}” and “${second}” exclude each other`, {
      key: true,
      hint: 'Write two failures.',
    })
  else if (first === 'slow') checkSlow(context, path, coming)
}

const placesOfSlow = (context: Context, path: Path): readonly string[] =>
  targetKinds.filter(kind => context.says([...path, 'slow', kind]))

/** A slow place is one. */
function checkSlow(context: Context, path: Path, coming: Coming): void {
  const slow = [...path, 'slow']
  const [first, second] = placesOfSlow(context, path)
  if (second !== undefined)
    context.problems.add('not-allowed', [...slow, second], `“${first}” and “${second}” exclude each other`, {
      key: true,
      hint: `Give exactly one of ${targetKinds.join(', ')}.`,
    })
  else if (first === undefined && !hasUnknown(context, slow, [...targetKinds, 'factor']) && isMapping(context, slow))
    context.problems.add('missing-field', slow, `what is slow: ${targetKinds.join(', ')}?`, {
      hint: `Add one, such as \`cluster: lab\`${coming === 'when' ? ', or beside `slow` who is drawn, such as `of: nodes`' : ''}.`,
    })
}

/** What is none has been told. */
const isMapping = (context: Context, path: Path): boolean =>
  context.view.failures?.[Number(path[2])]?.slow !== undefined
