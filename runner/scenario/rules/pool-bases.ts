import { chainOf } from '../resolve/pools.ts'
import { suggest } from '../suggest.ts'
import type { Rule } from './rule.ts'

/** What a pool extends exists and does not lead back to it. */
export const poolBases: Rule = ({ view, problems, names }) => {
  for (const [name, pool] of Object.entries(view.fabric?.pools ?? {})) {
    const path = ['spec', 'fabric', 'pools', name, 'extends']
    if (pool?.extends === undefined) continue
    const chain = chainOf(name, view)
    // Told at the pool that names it, not at those that extend that one.
    if ('unknown' in chain && chain.unknown === pool.extends && !names.pools.includes(pool.extends))
      problems.add('unknown-reference', path, `there is no pool “${pool.extends}” to extend`, {
        hint: suggest(
          pool.extends,
          names.pools.filter(other => other !== name),
          'Declare it under pools.',
        ),
      })
    if ('cycle' in chain && chain.cycle[0] === name)
      problems.add('unknown-reference', path, `the pool extends itself: ${chain.cycle.join(' → ')}`, {
        hint: 'Let one of them say cpu, memory and power itself.',
      })
  }
}
