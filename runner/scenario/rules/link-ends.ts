import type { Path } from '../document.ts'
import type { Rule } from './rule.ts'

/** A link says its ends by `between`, or by `from` and `to`. */
export const linkEnds: Rule = context => {
  for (const [i, link] of (context.view.fabric?.network?.links ?? []).entries()) {
    if (link === undefined) continue
    const path: Path = ['spec', 'fabric', 'network', 'links', i]
    const given = ['between', 'from', 'to'].filter(field => context.says([...path, field])).join(' ')
    if (given === 'between' || given === 'from to') continue
    if (given.startsWith('between'))
      context.problems.add('not-allowed', [...path, given.split(' ')[1]], '“between” excludes “from” and “to”', {
        key: true,
        hint: 'Keep `between` for both ways, or `from` and `to` for one way.',
      })
    else
      context.problems.add('missing-field', path, 'a link needs `between`, or `from` and `to`', {
        hint: 'Add its ends: `between: [a, b]`.',
      })
  }
}
