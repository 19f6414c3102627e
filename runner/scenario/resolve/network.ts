/** One-way latencies between every two clusters: default, then the file, then links; the more special wins. */
import { relative } from 'node:path'
import type { Context } from '../context.ts'
import { type LatencyRow, readLatencyFile } from '../latency-file.ts'
import type { Scenario } from '../scenario.ts'
import type { LinkView } from '../view.ts'
import { regionOf } from './clusters.ts'

const path = ['spec', 'fabric', 'network'] as const

interface Site {
  name: string
  region: string
}

/** A latency from one name to another, clusters or regions. */
interface Rule extends LatencyRow {
  /** Of rules about one pair the highest rank wins, of equal ones the last. */
  rank: number
}

export interface Network {
  latencyS: Scenario['latencyS']
  /** Pairs of clusters on which the file is silent. */
  missing: { from: string; to: string }[]
}

export function resolveNetwork(context: Context): Network {
  const network = context.view.fabric?.network ?? {}
  const sites = (context.view.fabric?.clusters ?? []).flatMap((view): Site[] => {
    const region = view === undefined ? undefined : regionOf(view)
    return view?.name === undefined || region === undefined ? [] : [{ name: view.name, region }]
  })
  const withinS = context.read('duration', network.within, [...path, 'within']) ?? 0
  const fromFile = typeof network.latency === 'object'
  const betweenS = fromFile ? null : (context.read('duration', network.latency, [...path, 'latency']) ?? 0)
  const rules = [
    ...fileRules(context),
    ...(network.links ?? []).flatMap((link, i) => (link === undefined ? [] : linkRules(link, i, context))),
  ]
  const result: Network = { latencyS: {}, missing: [] }
  for (const from of sites) {
    result.latencyS[from.name] = Object.fromEntries(
      sites.map(to => {
        // Clusters of one region on which a file is silent are as near as the nodes of one cluster.
        const otherwise = from.region === to.region || from.name === to.name ? withinS : null
        const latency =
          bestRule(rules, from, to, context)?.latencyS ?? (from.name === to.name ? withinS : (betweenS ?? otherwise))
        if (latency === null) result.missing.push({ from: from.name, to: to.name })
        return [to.name, latency ?? 0]
      }),
    )
  }
  return result
}

function bestRule(rules: readonly Rule[], from: Site, to: Site, { names }: Context): Rule | undefined {
  // A region's own latency is between its clusters, not within one.
  const meets = (name: string, site: Site) =>
    name === site.name || (!names.clusters.includes(name) && name === site.region && from.name !== to.name)
  let best: Rule | undefined
  for (const rule of rules)
    if (meets(rule.from, from) && meets(rule.to, to) && rule.rank >= (best?.rank ?? 0)) best = rule
  return best
}

/** Cluster before region, one way before both ways, a link before the file. */
function rankOf({ from, to }: { from: string; to: string }, { names }: Context, bonus: number): number {
  return [from, to].filter(name => names.clusters.includes(name)).length * 10 + bonus
}

function fileRules(context: Context): Rule[] {
  const { rows, factor } = latencyRows(context)
  // A pair that the file gives in one direction only holds for the other as well.
  return rows.flatMap(({ from, to, latencyS }) => [
    { from, to, latencyS: latencyS * factor, rank: rankOf({ from, to }, context, 2) },
    { from: to, to: from, latencyS: latencyS * factor, rank: rankOf({ from, to }, context, 1) },
  ])
}

function linkRules(link: LinkView, i: number, context: Context): Rule[] {
  const latencyS = context.read('duration', link.latency, [...path, 'links', i, 'latency'])
  if (latencyS === undefined) return []
  const [a, b] = link.between ?? []
  const { from, to } = link
  if (a !== undefined && b !== undefined)
    return [
      { from: a, to: b },
      { from: b, to: a },
    ].map(ends => ({ ...ends, latencyS, rank: rankOf(ends, context, 3) }))
  return from === undefined || to === undefined ? [] : [{ from, to, latencyS, rank: rankOf({ from, to }, context, 4) }]
}

/** Rows of the file of latencies; what is wrong with it is reported. */
export function latencyRows(context: Context): { rows: LatencyRow[]; factor: number } {
  const latency = context.view.fabric?.network?.latency
  if (typeof latency !== 'object' || latency.file === undefined) return { rows: [], factor: 1 }
  const place = [...path, 'latency', 'file']
  try {
    const { rows, problems } = readLatencyFile(context.resolveFile(latency.file, place))
    for (const problem of problems) context.problems.put({ ...problem, file: shown(problem.file) })
    return { rows, factor: latency.roundTrip === true ? 0.5 : 1 }
  } catch (cause) {
    context.problems.add('file-unreadable', place, `cannot read “${latency.file}”: ${reason(cause)}`)
    return { rows: [], factor: 1 }
  }
}

/** A path as short as a person would type it here. */
function shown(file: string): string {
  const near = relative(process.cwd(), file)
  return near.startsWith('..') ? file : near
}

/** Why a file cannot be read, without the path that the system repeats. */
export function reason(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code
  return code === 'ENOENT'
    ? 'there is no such file'
    : code === 'EISDIR'
      ? 'it is a folder'
      : code === 'EACCES'
        ? 'no right to read it'
        : (cause as Error).message
}
