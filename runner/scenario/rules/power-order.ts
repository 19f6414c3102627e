import type { Rule } from './rule.ts'

/** A busy node does not draw less than an idle one. Told where it is said, else at the cluster. */
export const powerOrder: Rule = (context, draft) => {
  for (const [i, cluster] of draft.clusters.entries()) {
    if (cluster === undefined || cluster.power.idleW <= cluster.power.busyW) continue
    const places = [
      ['spec', 'fabric', 'clusters', i, 'power'],
      ['spec', 'fabric', 'pools', cluster.pool, 'power'],
    ]
    const path = places.find(place => context.says(place)) ?? ['spec', 'fabric', 'clusters', i, 'pool']
    const field = ['watts', 'idle', 'busy'].find(name => context.says([...path, name]))
    context.problems.add(
      'out-of-range',
      field === undefined ? path : [...path, field],
      `an idle node draws more (${cluster.power.idleW} W) than a busy one (${cluster.power.busyW} W)`,
      {
        hint: field === 'watts' ? 'List the watts from idle to full.' : 'Let busy be at least idle.',
      },
    )
  }
}
