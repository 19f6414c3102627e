import type { Context } from '../context.ts'
import type { Path } from '../document.ts'
import { waysOf } from '../resolve/links.ts'
import { suggest } from '../suggest.ts'
import type { LinkEnds } from '../view.ts'
import type { Rule } from './rule.ts'

/** Links have two ends that exist, and there is one link between them. */
export const links: Rule = context => {
  const { view, problems, names } = context
  const seen = new Set<string>()
  for (const [i, link] of (view.fabric?.network?.links ?? []).entries()) {
    if (link === undefined) continue
    const path: Path = ['spec', 'fabric', 'network', 'links', i]
    checkEndNames(link, path, context)
    if (
      link.bandwidth !== undefined &&
      waysOf(link).some(({ from, to }) => from === to && names.clusters.includes(from))
    )
      problems.add('out-of-range', [...path, 'bandwidth'], 'inside a cluster bandwidth is not limited', {
        severity: 'warning',
        key: true,
        hint: 'Name two clusters, or remove `bandwidth`.',
      })
    const key = keyOf(link)
    if (key !== undefined && seen.has(key))
      problems.add('duplicate-name', path, 'there is another link between these two', { hint: 'Keep one of the two.' })
    if (key !== undefined) seen.add(key)
  }
}

/** Both ends are clusters or regions that there are. */
export function checkEndNames(link: LinkEnds, path: Path, { names, problems }: Context): void {
  const known = [...names.clusters, ...names.regions]
  for (const { name, place } of ends(link, path))
    if (!known.includes(name))
      problems.add('unknown-reference', place, `there is no cluster or region “${name}”`, {
        hint: suggest(name, known, 'Declare it under clusters.'),
      })
}

function ends(link: LinkEnds, path: Path): { name: string; place: Path }[] {
  const listed = (link.between ?? []).map((name, k) => ({ name, place: [...path, 'between', k] }))
  const directed = [
    { name: link.from, place: [...path, 'from'] },
    { name: link.to, place: [...path, 'to'] },
  ]
  return [...listed, ...directed].flatMap(({ name, place }) => (name === undefined ? [] : [{ name, place }]))
}

function keyOf({ between, from, to }: LinkEnds): string | undefined {
  if (between?.[0] !== undefined && between[1] !== undefined)
    return JSON.stringify(['both', ...[between[0], between[1]].sort()])
  return from === undefined || to === undefined ? undefined : JSON.stringify(['one', from, to])
}
