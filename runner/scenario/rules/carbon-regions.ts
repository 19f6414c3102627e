import { suggest } from '../suggest.ts'
import type { Rule } from './rule.ts'

/** Intensities are given for regions that clusters lie in. */
export const carbonRegions: Rule = ({ view, problems, names }) => {
  for (const region of Object.keys(view.fabric?.carbon ?? {}))
    if (!names.regions.includes(region))
      problems.add('unknown-reference', ['spec', 'fabric', 'carbon', region], `no cluster lies in region “${region}”`, {
        key: true,
        hint: suggest(region, names.regions, 'Remove it, or give a cluster that region.'),
      })
}
