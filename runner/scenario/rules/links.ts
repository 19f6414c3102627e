import type { Path } from '../document.ts'
import { suggest } from '../suggest.ts'
import type { LinkView } from '../view.ts'
import type { Rule } from './rule.ts'

/** Links have two ends that exist, and there is one link between them. */
export const links: Rule = ({ view, problems, names }) => {
  const known = [...names.clusters, ...names.regions]
  const seen = new Set<string>()
  for (const [i, link] of (view.fabric?.network?.links ?? []).entries()) {
    if (link === undefined) continue
    const path: Path = ['spec', 'fabric', 'network', 'links', i]
    for (const { name, place } of ends(link, path))
      if (!known.includes(name))
        problems.add('unknown-reference', place, `there is no cluster or region “${name}”`, {
          hint: suggest(name, known, 'Declare it under clusters.'),
        })
    const key = keyOf(link)
    if (key !== undefined && seen.has(key))
      problems.add('duplicate-name', path, 'there is another link between these two', { hint: 'Keep one of the two.' })
    if (key !== undefined) seen.add(key)
  }
}

function ends(link: LinkView, path: Path): { name: string; place: Path }[] {
  const listed = (link.between ?? []).map((name, k) => ({ name, place: [...path, 'between', k] }))
  const directed = [
    { name: link.from, place: [...path, 'from'] },
    { name: link.to, place: [...path, 'to'] },
  ]
  return [...listed, ...directed].flatMap(({ name, place }) => (name === undefined ? [] : [{ name, place }]))
}

function keyOf({ between, from, to }: LinkView): string | undefined {
  if (between?.[0] !== undefined && between[1] !== undefined)
    return JSON.stringify(['both', ...[between[0], between[1]].sort()])
  return from === undefined || to === undefined ? undefined : JSON.stringify(['one', from, to])
}
