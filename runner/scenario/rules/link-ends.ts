import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import type { Rule } from './rule.ts'

/** A link says its ends by `between`, or by `from` and `to`, and something about them. */
export const linkEnds: Rule = context => {
  for (const [i, link] of (context.view.fabric?.network?.links ?? []).entries()) {
    if (link === undefined) continue
    const path: Path = ['spec', 'fabric', 'network', 'links', i]
    checkEnds(path, 'a link', context)
    if (hasUnknown(context, path, fields) || ['latency', 'bandwidth'].some(field => context.says([...path, field])))
      continue
    context.problems.add('missing-field', path, 'a link needs `latency`, `bandwidth` or both', {
      hint: 'Add one, such as `latency: 8ms`.',
    })
  }
}

const fields = ['between', 'from', 'to', 'latency', 'bandwidth']

/** An unknown field is most likely what is missing, and has been told. */
export const hasUnknown = (context: Context, path: Path, known: readonly string[]): boolean =>
  Object.keys(context.rawMapping(path)).some(key => !known.includes(key))

/** Ends are said in one of two ways. */
export function checkEnds(path: Path, what: string, context: Context): void {
  const given = ['between', 'from', 'to'].filter(field => context.says([...path, field])).join(' ')
  if (given === 'between' || given === 'from to') return
  if (given.startsWith('between'))
    context.problems.add('not-allowed', [...path, given.split(' ')[1]], '“between” excludes “from” and “to”', {
      key: true,
      hint: 'Keep `between` for both ways, or `from` and `to` for one way.',
    })
  else
    context.problems.add('missing-field', path, `${what} needs \`between\`, or \`from\` and \`to\``, {
      hint: 'Add its ends: `between: [a, b]`.',
    })
}
