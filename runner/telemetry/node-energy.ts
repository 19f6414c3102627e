/** Joules of nodes over a run, from what Kepler or Scaphandre left in a Prometheus. */
import { pause } from '../clusters/pause.ts'
import { type Meter, nodeMeters } from './energy-meters.ts'
import type { KnownNode, NodeFinder } from './node-finder.ts'
import { type Prometheus, type PrometheusSeries, queryPrometheus } from './prometheus.ts'

/** Milliseconds since the epoch. */
export interface Between {
  readonly fromMs: number
  readonly toMs: number
}

export interface NodeEnergy {
  /** Who measured what. */
  readonly source: string
  /** By the scenario's names of nodes; without those of which too little is known. */
  readonly nodeJ: ReadonlyMap<string, number>
}

export interface EnergyFound {
  /** null: nothing measured it. */
  readonly energy: NodeEnergy | null
  readonly sentences: readonly string[]
}

/** Samples from before and after are needed for what happened in between. */
const marginMs = 120_000

/** For how long a Prometheus may take to look once more after the end. */
const afterwardsMs = 65_000

const everyMs = 3000

/** Never throws: what could not be had is said. `patienceMs`: for a sample from after the end. */
export async function nodeEnergy(
  prometheuses: readonly Prometheus[],
  finder: NodeFinder,
  nodes: readonly KnownNode[],
  between: Between,
  { patienceMs = afterwardsMs, signal }: { patienceMs?: number; signal?: AbortSignal } = {},
): Promise<EnergyFound> {
  const sentences: string[] = []
  const found: Found[] = []
  for (const prometheus of prometheuses) {
    try {
      const series = await untilAfter(prometheus, between, patienceMs, signal)
      const those = series.flatMap(each => {
        const node = finder.find(each.labels, prometheus.cluster)
        return node === undefined ? [] : [{ ...each, node }]
      })
      if (those.length === 0) sentences.push(`${prometheus.name}: ${absent(series)}`)
      found.push(...those)
    } catch (error) {
      signal?.throwIfAborted()
      sentences.push(`${prometheus.name}: energy was not to be had (${(error as Error).message})`)
    }
  }
  const energy = bestOf(nodeMeters.map(meter => measured(meter, found, between)))
  return { energy: energy?.nodeJ.size ? energy : null, sentences: [...sentences, ...inWords(energy, nodes)] }
}

const absent = (series: readonly PrometheusSeries[]): string =>
  series.length === 0
    ? 'it has no series of Kepler or Scaphandre'
    : `${series.length} series of Kepler or Scaphandre, none of which is surely of a node of the scenario`

type Found = PrometheusSeries & { readonly node: KnownNode }

const names = [...new Set(nodeMeters.flatMap(({ metrics }) => metrics))]

/** All samples around the time; asked again until each series goes on after it, or patience ends. */
async function untilAfter(
  prometheus: Prometheus,
  { fromMs, toMs }: Between,
  patienceMs: number,
  signal: AbortSignal | undefined,
): Promise<PrometheusSeries[]> {
  const endMs = performance.now() + patienceMs
  for (;;) {
    signal?.throwIfAborted()
    const nowMs = Date.now()
    const overS = Math.ceil((nowMs - fromMs + marginMs) / 1000)
    const series = await queryPrometheus(prometheus, `{__name__=~"${names.join('|')}"}[${overS}s]`, nowMs)
    const isAfter = series.every(({ samples }) => (samples.at(-1)?.atMs ?? toMs) >= toMs)
    if (isAfter || performance.now() + everyMs > endMs) return series
    await pause(everyMs, signal)
  }
}

interface Measured extends NodeEnergy {
  /** Of nodes with its series, those that too little is known of: which part of the time at least. */
  readonly unsure: ReadonlyMap<string, number>
  readonly resets: number
}

function measured(meter: Meter, found: readonly Found[], { fromMs, toMs }: Between): Measured {
  const nodeJ = new Map<string, number>()
  const unsure = new Map<string, number>()
  let resets = 0
  const those = found.filter(({ labels }) => isOf(meter, labels))
  for (const [node, series] of byNode(those)) {
    const amounts = series.map(({ samples }) => meter.amount(samples, fromMs, toMs))
    const joules = amounts.reduce((sum, { value }) => sum + value, 0) * meter.joules
    resets += amounts.reduce((sum, each) => sum + each.resets, 0)
    // A node that is up uses something: a counter that stands still measures nothing.
    if (joules > 0) nodeJ.set(node, joules)
    else unsure.set(node, Math.min(...amounts.map(({ known }) => known)))
  }
  return { source: meter.source, nodeJ, unsure, resets }
}

const isOf = ({ metrics, holds }: Meter, labels: PrometheusSeries['labels']): boolean =>
  metrics.includes(labels.__name__ ?? '') && (holds?.(labels) ?? true)

/** What tells series of one exporter apart: others are the same one, scraped twice. */
const telling = ['__name__', 'zone', 'path', 'mode', 'package', 'socket_id'] as const

function byNode(found: readonly Found[]): Map<string, Found[]> {
  const nodes = new Map<string, Map<string, Found>>()
  for (const series of found) {
    const of = nodes.get(series.node.node) ?? new Map<string, Found>()
    const key = telling.map(label => series.labels[label] ?? '').join('\n')
    const known = of.get(key)
    if (known === undefined || known.samples.length < series.samples.length) of.set(key, series)
    nodes.set(series.node.node, of)
  }
  return new Map([...nodes].map(([node, series]) => [node, [...series.values()]]))
}

/** That of most nodes; unlike ones are never mixed. */
function bestOf(all: readonly Measured[]): Measured | null {
  const tried = all.filter(({ nodeJ, unsure }) => nodeJ.size + unsure.size > 0)
  return tried.reduce<Measured | null>((best, each) => (each.nodeJ.size > (best?.nodeJ.size ?? -1) ? each : best), null)
}

function inWords(energy: Measured | null, nodes: readonly KnownNode[]): string[] {
  if (energy === null) return []
  const { source, nodeJ, unsure, resets } = energy
  const anew = resets === 0 ? '' : `; resets of counters: ${resets}, what lies around them is taken as the rest`
  const least = Math.min(...unsure.values())
  return [
    `${source}: energy of ${nodeJ.size} of ${nodes.length} nodes${anew}`,
    ...(unsure.size === 0
      ? []
      : [
          `${source}: of ${unsure.size} nodes too little is known (samples of ${Math.floor(100 * least)} % of the time, or nothing counted)`,
        ]),
  ]
}
