/** Latencies and bandwidths between every two clusters: default, then the file, then links; the more special wins. */
import { relative } from 'node:path'
import type { Context } from '../context.ts'
import { type LatencyRow, readLatencyFile } from '../latency-file.ts'
import type { Scenario } from '../scenario.ts'
import { bestRule, linkRules, type Rule, rankOf, type Site, sitesOf } from './links.ts'

const path = ['spec', 'fabric', 'network'] as const

export interface Network {
  latencyS: Scenario['latencyS']
  bandwidth: Scenario['bandwidth']
  /** Pairs of clusters on which the file is silent. */
  missing: { from: string; to: string }[]
}

export function resolveNetwork(context: Context): Network {
  const network = context.view.fabric?.network ?? {}
  const sites = sitesOf(context)
  const withinS = context.read('duration', network.within, [...path, 'within']) ?? 0
  const fromFile = typeof network.latency === 'object'
  const betweenS = fromFile ? null : (context.read('duration', network.latency, [...path, 'latency']) ?? 0)
  const rules = [...fileRules(context), ...linkRules('latency', context)]
  const result: Network = { latencyS: {}, bandwidth: bandwidths(sites, context), missing: [] }
  for (const from of sites) {
    result.latencyS[from.name] = Object.fromEntries(
      sites.map(to => {
        // Clusters of one region on which a file is silent are as near as the nodes of one cluster.
        const otherwise = from.region === to.region || from.name === to.name ? withinS : null
        const latency =
          bestRule(rules, from, to, context)?.value ?? (from.name === to.name ? withinS : (betweenS ?? otherwise))
        if (latency === null) result.missing.push({ from: from.name, to: to.name })
        return [to.name, latency ?? 0]
      }),
    )
  }
  return result
}

/** Those that are limited; inside a cluster nothing is. */
function bandwidths(sites: readonly Site[], context: Context): Scenario['bandwidth'] {
  const otherwise = context.read('bandwidth', context.view.fabric?.network?.bandwidth, [...path, 'bandwidth'])
  const rules = linkRules('bandwidth', context)
  const result: Scenario['bandwidth'] = {}
  for (const from of sites) {
    const limited = sites.flatMap((to): [string, number][] => {
      const limit = from.name === to.name ? undefined : (bestRule(rules, from, to, context)?.value ?? otherwise)
      return limit === undefined ? [] : [[to.name, limit]]
    })
    if (limited.length > 0) result[from.name] = Object.fromEntries(limited)
  }
  return result
}

function fileRules(context: Context): Rule[] {
  const { rows, factor } = latencyRows(context)
  // A pair that the file gives in one direction only holds for the other as well.
  return rows.flatMap(({ from, to, latencyS }) => [
    { from, to, value: latencyS * factor, rank: rankOf({ from, to }, context, 2) },
    { from: to, to: from, value: latencyS * factor, rank: rankOf({ from, to }, context, 1) },
  ])
}

/** Rows of the file of latencies; what is wrong with it is reported. */
export function latencyRows(context: Context): { rows: LatencyRow[]; factor: number } {
  const latency = context.view.fabric?.network?.latency
  if (typeof latency !== 'object' || latency.file === undefined) return { rows: [], factor: 1 }
  const place = [...path, 'latency', 'file']
  try {
    const file = context.resolveFile(latency.file, place)
    const { rows, problems } = readLatencyFile(file)
    context.uses(file, 'latency')
    for (const problem of problems) context.problems.put({ ...problem, file: shown(problem.file) })
    return { rows, factor: latency.roundTrip === true ? 0.5 : 1 }
  } catch (cause) {
    context.problems.add('file-unreadable', place, `cannot read “${latency.file}”: ${reason(cause)}`)
    return { rows: [], factor: 1 }
  }
}

/** A path as short as a person would type it here. */
export function shown(file: string): string {
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
