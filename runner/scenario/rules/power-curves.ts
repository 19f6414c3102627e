import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import { isTabular } from '../resolve/nodes.ts'
import { chainOf } from '../resolve/pools.ts'
import type { PowerView } from '../view.ts'
import type { Rule } from './rule.ts'

/** A table of watts and a model that takes one belong together, in the place of idle and busy. */
export const powerCurves: Rule = context => {
  const { fabric } = context.view
  for (const [name, pool] of Object.entries(fabric?.pools ?? {}))
    if (pool?.power !== undefined) check(['spec', 'fabric', 'pools', name, 'power'], name, pool.power, false, context)
  for (const [i, cluster] of (fabric?.clusters ?? []).entries())
    if (cluster?.power !== undefined && cluster.pool !== undefined)
      check(['spec', 'fabric', 'clusters', i, 'power'], cluster.pool, cluster.power, true, context)
}

/** Checks what a pool or cluster says itself, over what it gets from the pool. */
function check(path: Path, pool: string, own: PowerView, isCluster: boolean, context: Context): void {
  const chain = chainOf(pool, context.view)
  if ('unknown' in chain || 'cycle' in chain) return
  const inherited = (isCluster ? chain.steps : chain.steps.slice(1)).flatMap(step =>
    step.kind === 'pool' ? [step.view.power] : [],
  )
  const model = [own, ...inherited].find(power => power?.model !== undefined)?.model ?? 'linear'
  const says = (field: string) => context.says([...path, field])
  const single = ['idle', 'busy'].filter(says)
  const refuse = (field: string, message: string, hint: string) =>
    context.problems.add('not-allowed', [...path, field], message, { key: true, hint })
  if (says('model') && own.model === undefined) return
  if (!isTabular(model)) {
    if (says('watts'))
      refuse('watts', `“watts” belongs to the model interpolated, not to ${model}`, 'Add `model: interpolated`.')
  } else if (single.length > 0) {
    const hint = 'Remove it: the first and the last of `watts` are those of idle and busy.'
    refuse(single[0], `“${single.join('” and “')}” and a table of watts exclude each other`, hint)
  } else if (!says('watts') && inherited.every(power => power?.watts === undefined) && own.model !== undefined)
    context.problems.add('missing-field', [...path, 'model'], `the power model ${model} needs “watts”`, {
      hint: 'Add them at equally spaced loads from idle to full, such as `watts: [45W, 60W, 72W]`.',
    })
}
