/** What nodes and pods use while a run goes on: asked of the Metrics API, and of real kubelets themselves. */
import type { Cluster } from '../clusters/client.ts'
import { each } from '../clusters/each.ts'
import { pathOf } from '../clusters/paths.ts'
import { pause } from '../clusters/pause.ts'
import type { SeriesBook } from './series.ts'
import { fromMetrics, fromSummary, type MetricsItem, type StatsSummary, type UsageReading } from './usage-readings.ts'

export interface UsageInput {
  readonly clusters: readonly {
    readonly cluster: Cluster
    /** The scenario's names of its nodes by the cluster's. */
    readonly nodes: ReadonlyMap<string, string>
  }[]
  readonly namespace: string
  /** Whether there are kubelets to be asked. */
  readonly kubelets: boolean
  readonly book: SeriesBook
  /** Metrics servers look every 15 s. */
  readonly everyMs?: number
}

/** An answer that takes longer is not waited for. */
const timeoutMs = 5000

/** Of a cluster: each is a request of its own. */
const mostKubelets = 100

const api = '/apis/metrics.k8s.io/v1beta1'

export class UsageSampler {
  private readonly input: UsageInput
  private readonly stopped = new AbortController()
  private looking: Promise<void> = Promise.resolve()
  private readonly seen = { nodes: new Set<string>(), pods: new Set<string>(), summaries: new Set<string>() }
  /** Last refusal by what was asked; gone with the first answer. */
  private readonly refusals = new Map<string, string>()
  private readonly answered = new Set<string>()

  constructor(input: UsageInput) {
    this.input = input
  }

  /** From now on, until it ends or is stopped. */
  begin(): void {
    this.looking = this.keepLooking()
  }

  /** Looks once more, and no more then. */
  async end(): Promise<void> {
    await this.stop()
    await this.look()
  }

  /** What is being asked is not waited for. */
  async stop(): Promise<void> {
    this.stopped.abort()
    await this.looking
  }

  /** What is known by whom, and what could not be had. */
  sentences(pods: number): string[] {
    const { clusters, kubelets } = this.input
    const nodes = clusters.reduce((sum, each) => sum + each.nodes.size, 0)
    const { seen, refusals } = this
    return [
      ...(seen.nodes.size + seen.pods.size === 0
        ? []
        : [
            `Metrics API: use of ${seen.nodes.size} of ${nodes} nodes and of ${seen.pods.size} of ${pods} pods (it looks now and then: shorter ones it does not see)`,
          ]),
      ...(kubelets && seen.summaries.size > 0 ? [`/stats/summary: use of ${seen.summaries.size} of ${pods} pods`] : []),
      ...[...refusals].map(([asked, why]) => `${asked}: nothing was to be had (${why})`),
    ]
  }

  private async keepLooking(): Promise<void> {
    const { everyMs = 15_000 } = this.input
    while (!this.stopped.signal.aborted) {
      await this.look(this.stopped.signal)
      await pause(everyMs, this.stopped.signal).catch(() => {})
    }
  }

  private async look(signal?: AbortSignal): Promise<void> {
    const { clusters, kubelets } = this.input
    await each(clusters, async ({ cluster, nodes }) => {
      await Promise.all([
        this.lookAtNodes(cluster, nodes, signal),
        this.lookAtPods(cluster, signal),
        ...(kubelets
          ? [each([...nodes.keys()].slice(0, mostKubelets), node => this.lookAtKubelet(cluster, node, signal))]
          : []),
      ])
    })
  }

  private async lookAtNodes(cluster: Cluster, names: ReadonlyMap<string, string>, signal?: AbortSignal): Promise<void> {
    const answer = await this.ask<{ items?: MetricsItem[] }>(
      cluster,
      `Metrics API of ${cluster.handle.name}`,
      `${api}/nodes`,
      signal,
    )
    for (const reading of answer === null ? [] : fromMetrics(answer)) {
      const name = names.get(reading.name)
      if (name === undefined) continue
      this.keep(cluster, 'metrics-api', 'node', { ...reading, name }, this.seen.nodes)
    }
  }

  private async lookAtPods(cluster: Cluster, signal?: AbortSignal): Promise<void> {
    const path = `${api}/namespaces/${this.input.namespace}/pods`
    const answer = await this.ask<{ items?: MetricsItem[] }>(
      cluster,
      `Metrics API of ${cluster.handle.name}`,
      path,
      signal,
    )
    for (const reading of answer === null ? [] : fromMetrics(answer))
      this.keep(cluster, 'metrics-api', 'pod', reading, this.seen.pods)
  }

  private async lookAtKubelet(cluster: Cluster, node: string, signal?: AbortSignal): Promise<void> {
    const path = `${pathOf('v1', 'Node', undefined, node)}/proxy/stats/summary`
    const answer = await this.ask<StatsSummary>(cluster, `/stats/summary of ${cluster.handle.name}`, path, signal)
    for (const reading of answer === null ? [] : fromSummary(answer, this.input.namespace))
      this.keep(cluster, 'stats-summary', 'pod', reading, this.seen.summaries)
  }

  private keep(
    { handle }: Cluster,
    source: string,
    kind: 'node' | 'pod',
    { name, atMs, cores, bytes }: UsageReading,
    seen: Set<string>,
  ): void {
    const receiptMs = Date.now()
    const of = { source, cluster: handle.name, kind, name }
    this.input.book.add({ ...of, metric: 'cpu', unit: 'cores' }, { atMs, receiptMs, value: cores })
    this.input.book.add({ ...of, metric: 'memory', unit: 'bytes' }, { atMs, receiptMs, value: bytes })
    if (Number.isFinite(cores)) seen.add(`${handle.name}/${name}`)
  }

  /** Null where there is no answer: why, is kept as long as there was none at all. */
  private async ask<T>(cluster: Cluster, what: string, path: string, signal?: AbortSignal): Promise<T | null> {
    try {
      const answer = await cluster.call<T>('GET', path, { timeoutMs, signal })
      this.answered.add(what)
      this.refusals.delete(what)
      return answer
    } catch (error) {
      if (signal?.aborted !== true && !this.answered.has(what)) this.refusals.set(what, (error as Error).message)
      return null
    }
  }
}
