/** What is said of links, and which of it holds between two clusters: the more special wins. */
import type { Context } from '../context.ts'
import type { LinkEnds } from '../view.ts'
import { regionOf } from './clusters.ts'

export interface Site {
  name: string
  region: string
}

/** A latency or bandwidth from one name to another, clusters or regions. */
export interface Rule {
  from: string
  to: string
  value: number
  /** Of rules about one pair the highest rank wins, of equal ones the last. */
  rank: number
}

/** Name and region of every cluster. */
export const sitesOf = (context: Context): Site[] =>
  (context.view.fabric?.clusters ?? []).flatMap((view): Site[] => {
    const region = view === undefined ? undefined : regionOf(view)
    return view?.name === undefined || region === undefined ? [] : [{ name: view.name, region }]
  })

/** Whether names of clusters or regions mean the way from one cluster to another. */
export function meets(ends: { from: string; to: string }, from: Site, to: Site, { names }: Context): boolean {
  // A region's own latency is between its clusters, not within one.
  const isMeant = (name: string, site: Site) =>
    name === site.name || (!names.clusters.includes(name) && name === site.region && from.name !== to.name)
  return isMeant(ends.from, from) && isMeant(ends.to, to)
}

/** The rule that holds on the way from one cluster to another. */
export function bestRule(rules: readonly Rule[], from: Site, to: Site, context: Context): Rule | undefined {
  let best: Rule | undefined
  for (const rule of rules) if (rule.rank >= (best?.rank ?? 0) && meets(rule, from, to, context)) best = rule
  return best
}

/** Cluster before region, one way before both ways, a link before the file. */
export function rankOf({ from, to }: { from: string; to: string }, { names }: Context, bonus: number): number {
  return [from, to].filter(name => names.clusters.includes(name)).length * 10 + bonus
}

/** What links say of a field. */
export function linkRules(field: 'latency' | 'bandwidth', context: Context): Rule[] {
  const quantity = field === 'latency' ? 'duration' : 'bandwidth'
  return (context.view.fabric?.network?.links ?? []).flatMap((link, i) => {
    const value = context.read(quantity, link?.[field], ['spec', 'fabric', 'network', 'links', i, field])
    if (link === undefined || value === undefined) return []
    const bonus = link.between === undefined ? 4 : 3
    return waysOf(link).map(ends => ({ ...ends, value, rank: rankOf(ends, context, bonus) }))
  })
}

/** The way or both ways of a link; none where its ends are not known. */
export function waysOf({ between, from, to }: LinkEnds): { from: string; to: string }[] {
  const [a, b] = between ?? []
  if (a !== undefined && b !== undefined)
    return [
      { from: a, to: b },
      { from: b, to: a },
    ]
  return between !== undefined || from === undefined || to === undefined ? [] : [{ from, to }]
}
