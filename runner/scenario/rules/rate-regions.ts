import { rateKinds } from '../rate-file.ts'
import { suggest } from '../suggest.ts'
import type { Rule } from './rule.ts'

/** Intensities and prices are given for regions that clusters lie in. */
export const rateRegions: Rule = ({ view, problems, names }) => {
  for (const { name } of Object.values(rateKinds))
    for (const region of Object.keys(view.fabric?.[name] ?? {}))
      if (!names.regions.includes(region))
        problems.add('unknown-reference', ['spec', 'fabric', name, region], `no cluster lies in region “${region}”`, {
          key: true,
          hint: suggest(region, names.regions, 'Remove it, or give a cluster that region.'),
        })
}
