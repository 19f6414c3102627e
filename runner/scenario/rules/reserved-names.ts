import type { Rule } from './rule.ts'

/** Results call the whole `fabric`. */
export const reservedNames: Rule = ({ view, problems }) => {
  for (const [i, cluster] of (view.fabric?.clusters ?? []).entries())
    if (cluster?.name === 'fabric')
      problems.add('not-allowed', ['spec', 'fabric', 'clusters', i, 'name'], 'a cluster cannot be called “fabric”', {
        hint: 'Results call all clusters together so: give it another name.',
      })
}
