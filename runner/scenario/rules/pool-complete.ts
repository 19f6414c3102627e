import type { Context } from '../context.ts'
import { isTabular } from '../resolve/nodes.ts'
import { chainOf } from '../resolve/pools.ts'
import type { Rule } from './rule.ts'

const needed = [['cpu'], ['memory'], ['power', 'idle'], ['power', 'busy']] as const
/** What says idle and busy as well; where the watts of a table are missing, that is told elsewhere. */
const curve = ['power', 'watts'] as const

/** A pool without a preset under it says cpu, memory and watts itself. */
export const poolComplete: Rule = context => {
  const { view, problems } = context
  for (const [name, pool] of Object.entries(view.fabric?.pools ?? {})) {
    if (pool === undefined || pool.extends !== undefined) continue
    const chain = chainOf(name, view)
    if ('unknown' in chain || 'cycle' in chain || chain.steps.some(step => step.kind === 'preset')) continue
    const hasCurve = says(context, name, curve) || isTabular(pool.power?.model)
    const missing = needed
      .filter(steps => !says(context, name, steps) && !(hasCurve && steps[0] === 'power'))
      .map(steps => steps.join('.'))
    if (missing.length > 0)
      problems.add('missing-field', ['spec', 'fabric', 'pools', name], `pool “${name}” lacks ${missing.join(', ')}`, {
        hint: `Add ${missing.length === 1 ? 'it' : 'them'}, or let the pool extend a preset: \`extends: edge\`.`,
        key: true,
      })
  }
}

/** Whether the file says the field, or something wrong where it would stand. */
function says(context: Context, name: string, steps: readonly string[]): boolean {
  const path = ['spec', 'fabric', 'pools', name]
  if (context.says([...path, 'extends']) || context.says([...path, ...steps])) return true
  return (
    steps.length === 2 && context.says([...path, steps[0]]) && context.view.fabric?.pools?.[name]?.power === undefined
  )
}
