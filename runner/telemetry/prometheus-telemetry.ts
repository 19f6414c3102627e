/** All that is asked of Prometheus about a run: the energy of nodes and pods, and how an application fared. */
import type { V1Node } from '@kubernetes/client-node'
import type { Cluster } from '../clusters/client.ts'
import { pathOf } from '../clusters/paths.ts'
import { type ApplicationFigures, type ApplicationMetrics, applicationFigures } from './application.ts'
import { findPrometheus } from './find-prometheus.ts'
import { type Between, type NodeEnergy, nodeEnergy } from './node-energy.ts'
import { type KnownNode, NodeFinder } from './node-finder.ts'
import { podEnergy } from './pod-energy.ts'
import { type Prometheus, prometheusAt } from './prometheus.ts'
import type { SeriesBook } from './series.ts'

export interface PrometheusInput {
  /** null: those that run in the clusters. */
  readonly url: string | null
  /** null: there is none to be asked about. */
  readonly application: ApplicationMetrics | null
  readonly clusters: readonly {
    readonly cluster: Cluster
    /** The scenario's names of its nodes by the cluster's. */
    readonly nodes: ReadonlyMap<string, string>
  }[]
  readonly namespace: string
  /** How many pods the run had. */
  readonly pods: number
  readonly book: SeriesBook
  readonly between: Between
  /** For how long a sample from after the end may be waited for. */
  readonly patienceMs?: number
  readonly signal: AbortSignal
}

export interface PrometheusTelemetry {
  readonly energy: NodeEnergy | null
  readonly application: ApplicationFigures | null
  readonly sentences: readonly string[]
}

/** What could not be had is said. Throws the signal's reason only. */
export async function prometheusTelemetry(input: PrometheusInput): Promise<PrometheusTelemetry> {
  const { url, application, namespace, pods, book, between, signal, patienceMs } = input
  const { prometheuses, sentences } =
    url === null ? await discovered(input) : { prometheuses: [prometheusAt(url)], sentences: [] }
  if (prometheuses.length === 0) return { energy: null, application: null, sentences }
  const { nodes, machines } = await knownNodes(input)
  const waiting = { signal, ...(patienceMs === undefined ? {} : { patienceMs }) }
  const found = await nodeEnergy(prometheuses, new NodeFinder(nodes), nodes, between, waiting)
  const shared = sharedMachine(machines)
  const energy = shared === null ? found.energy : null
  keepNodes(energy, nodes, between, book)
  const fared = application === null ? null : await applicationFigures(prometheuses, application, between, book)
  return {
    energy,
    application: fared?.figures ?? null,
    sentences: [
      ...sentences,
      ...found.sentences,
      ...(found.energy !== null && shared !== null ? [shared] : []),
      ...(await podEnergy(prometheuses, { namespace, pods, book }, between)),
      ...(fared?.sentences ?? []),
      ...inWords(fared?.figures ?? null),
    ],
  }
}

function inWords(figures: ApplicationFigures | null): string[] {
  if (figures === null) return []
  const { p95S, requestsPerS, errorShare, source } = figures
  const short = (value: number | null, unit: string) =>
    value === null ? [] : [`${Number(value.toPrecision(3))} ${unit}`]
  const told = [
    ...short(p95S, 's at the 95th percentile'),
    ...short(requestsPerS, 'requests a second'),
    ...short(errorShare === null ? null : 100 * errorShare, '% errors'),
  ]
  return [`the application by ${source}: ${told.join(', ')}`]
}

async function discovered({ clusters }: PrometheusInput): Promise<{ prometheuses: Prometheus[]; sentences: string[] }> {
  const prometheuses: Prometheus[] = []
  const sentences: string[] = []
  for (const { cluster } of clusters)
    try {
      const found = await findPrometheus(cluster)
      if (found !== null) prometheuses.push(found)
    } catch (error) {
      sentences.push(`no Prometheus was looked for on ${cluster.handle.name} (${(error as Error).message})`)
    }
  if (prometheuses.length + sentences.length === 0)
    sentences.push('no Prometheus is named (execute.prometheus), and none runs on the clusters')
  return { prometheuses, sentences }
}

/** What nodes are called, and which machine each says that it runs on. */
async function knownNodes({
  clusters,
}: PrometheusInput): Promise<{ nodes: KnownNode[]; machines: Map<string, string[]> }> {
  const nodes: KnownNode[] = []
  const machines = new Map<string, string[]>()
  for (const { cluster, nodes: names } of clusters) {
    const items = await nodesOf(cluster)
    for (const [name, node] of names) {
      const { status } = items.find(({ metadata }) => metadata?.name === name) ?? {}
      // What a node calls itself may be `localhost`, on all of them.
      const addresses = (status?.addresses ?? []).filter(({ type }) => type !== 'Hostname')
      nodes.push({ cluster: cluster.handle.name, node, names: [name, ...addresses.map(({ address }) => address)] })
      // Simulated nodes have none.
      const boot = status?.nodeInfo?.bootID ?? ''
      if (boot !== '') machines.set(boot, [...(machines.get(boot) ?? []), node])
    }
  }
  return { nodes, machines }
}

async function nodesOf(cluster: Cluster): Promise<V1Node[]> {
  try {
    return (await cluster.call<{ items: V1Node[] }>('GET', pathOf('v1', 'Node'), { timeoutMs: 5000 })).items
  } catch {
    // Their names are known all the same.
    return []
  }
}

/** Nodes that are containers or processes of one machine have its kernel's boot in common: its joules are no node's. */
function sharedMachine(machines: ReadonlyMap<string, readonly string[]>): string | null {
  const shared = [...machines.values()].find(nodes => nodes.length > 1)
  if (shared === undefined) return null
  return `${shared.join(', ')} are nodes of one machine: what it takes is none of them’s, and energy stays the power model’s`
}

function keepNodes(energy: NodeEnergy | null, nodes: readonly KnownNode[], { toMs }: Between, book: SeriesBook): void {
  const receiptMs = Date.now()
  for (const [name, value] of energy?.nodeJ ?? []) {
    const cluster = nodes.find(({ node }) => node === name)?.cluster ?? ''
    const of = { source: 'prometheus', cluster, kind: 'node', name, metric: 'energy', unit: 'J' } as const
    book.add(of, { atMs: toMs, receiptMs, value })
  }
}
