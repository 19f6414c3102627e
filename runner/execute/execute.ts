/** A scenario on real clusters: each of its policies in turn, in namespaces of its own; what was written is taken away again. */
import type { Model } from '../../engine/index.ts'
import { type Cluster, connect } from '../clusters/client.ts'
import { nodeOn } from '../clusters/fabrics.ts'
import { findMeans } from '../clusters/inject/index.ts'
import { namespaceStep } from '../clusters/inject/namespace.ts'
import { Journal } from '../clusters/journal.ts'
import { pathOf } from '../clusters/paths.ts'
import type { Provider } from '../clusters/provider.ts'
import type { FabricState } from '../clusters/state.ts'
import type { Scenario, ScenarioPolicy } from '../scenario/scenario.ts'
import { CpuSampler } from '../telemetry/cpu-sampler.ts'
import { type PrometheusTelemetry, prometheusTelemetry } from '../telemetry/prometheus-telemetry.ts'
import { SeriesBook } from '../telemetry/series.ts'
import { UsageSampler } from '../telemetry/usage-sampler.ts'
import { WallClock } from './clock.ts'
import { type Executed, executePolicy } from './execute-policy.ts'
import { kubeInjector } from './kube-injector.ts'
import { KubeSite } from './kube-site.ts'
import { jobRenderer, type RenderJob } from './manifests.ts'
import { labelValue } from './names.ts'
import { type Problem, problemOf } from './problem.ts'

export interface ExecuteOptions {
  readonly scenario: Scenario
  readonly model: Model
  readonly fabric: FabricState
  readonly provider: Provider
  readonly runId: string
  /** What real containers run. */
  readonly image: string
  readonly replication: number
  /** See `ExecuteInput`. */
  readonly stallS: number
  readonly signal: AbortSignal
  readonly onPolicy?: (policy: ScenarioPolicy) => void
  readonly onProgress?: (nowS: number, running: number) => void
  readonly onExecuted: (policy: ScenarioPolicy, executed: Executed) => void
}

/** Executes every policy. Throws FabricdtError `cluster-failed`, or the signal's reason; nothing of the run is left then. */
export async function executeScenario(options: ExecuteOptions): Promise<void> {
  const { scenario, fabric, signal, onPolicy, onExecuted } = options
  const clusters = await Promise.all(fabric.clusters.map(connect))
  try {
    for (const [index, policy] of scenario.policies.entries()) {
      signal.throwIfAborted()
      onPolicy?.(policy)
      onExecuted(policy, await executeOne(options, clusters, policy, `fabricdt-${options.runId}-${index}`))
    }
  } finally {
    for (const cluster of clusters) cluster.close()
  }
}

async function executeOne(
  options: ExecuteOptions,
  clusters: readonly Cluster[],
  policy: ScenarioPolicy,
  namespace: string,
): Promise<Executed> {
  const { model, provider, fabric, replication, stallS, signal, onProgress } = options
  const journal = new Journal(fabric.name)
  const labels = labelsOf(options)
  const space = new Namespaces(clusters, journal, namespace, labels)
  const sampler = provider.given.has('telemetry') ? null : cpuSampler(options, clusters)
  const book = new SeriesBook()
  const usage = usageSampler(options, clusters, namespace, book)
  let executed: Executed
  try {
    await space.make()
    const render = await renderer(options, clusters, namespace, labels)
    const sites = clusters.map(cluster => new KubeSite(cluster, namespace, plannedNames(options, cluster)))
    const injector = await kubeInjector(clusters, provider, journal)
    const clock = new WallClock()
    await sampler?.begin()
    usage.begin()
    const input = { model, policy, replication, sites, injector, render, clock, signal, stallS }
    executed = await executePolicy({ ...input, ...(onProgress === undefined ? {} : { onProgress }) })
    if (sampler !== null) executed = { ...executed, nodeCpuS: await sampler.end() }
    await usage.end()
    const told = await fromPrometheus(options, clusters, { namespace, book, clock, executed })
    const sources = [...usage.sentences(executed.lifecycle.pods.size), ...told.sentences, ...roomOf(book)]
    executed = { ...executed, ...told, series: book.series, sources }
  } catch (error) {
    await usage.stop()
    await space.takeAway()
    throw error
  }
  return { ...executed, problems: [...executed.problems, ...(await space.takeAway())] }
}

const labelsOf = ({ scenario, runId }: ExecuteOptions): Record<string, string> => ({
  'app.kubernetes.io/name': 'fabricdt',
  'app.kubernetes.io/managed-by': 'fabricdt',
  'app.kubernetes.io/instance': labelValue(scenario.name),
  'fabricdt.io/run-id': labelValue(runId),
})

async function renderer(
  { scenario, model, image }: ExecuteOptions,
  clusters: readonly Cluster[],
  namespace: string,
  labels: Record<string, string>,
): Promise<RenderJob> {
  const classes = await Promise.all(clusters.map(runtimeClasses))
  return jobRenderer({
    ...{ scenario, model, namespace, labels, image },
    runtimeClasses: cluster => classes[cluster],
    nodeNameOn: (cluster, name) => nodeOn(clusters[cluster].handle, name),
  })
}

async function runtimeClasses(cluster: Cluster): Promise<ReadonlySet<string>> {
  const path = pathOf('node.k8s.io/v1', 'RuntimeClass')
  const { items } = await cluster.call<{ items: { metadata: { name: string } }[] }>('GET', path, { withinMs: 20_000 })
  return new Set(items.map(({ metadata }) => metadata.name))
}

const cpuSampler = ({ fabric }: ExecuteOptions, clusters: readonly Cluster[]): CpuSampler =>
  new CpuSampler(clusters.map((cluster, index) => ({ cluster, nodes: fabric.plan.clusters[index].nodes })))

/** From warm-up to the end. */
function fromPrometheus(
  options: ExecuteOptions,
  clusters: readonly Cluster[],
  { namespace, book, clock, executed }: { namespace: string; book: SeriesBook; clock: WallClock; executed: Executed },
): Promise<PrometheusTelemetry> {
  const { scenario, model, signal } = options
  const { url, application } = scenario.execute?.prometheus ?? { url: null, application: null }
  const at = (seconds: number): number => clock.epochMs + seconds * 1000
  return prometheusTelemetry({
    ...{ url, application, namespace, book, signal, pods: executed.lifecycle.pods.size },
    clusters: clusters.map(cluster => ({ cluster, nodes: plannedNames(options, cluster) })),
    between: { fromMs: at(model.warmupS), toMs: at(executed.result.endS) },
  })
}

const usageSampler = (
  options: ExecuteOptions,
  clusters: readonly Cluster[],
  namespace: string,
  book: SeriesBook,
): UsageSampler =>
  new UsageSampler({
    ...{ namespace, book, kubelets: !options.provider.given.has('telemetry') },
    clusters: clusters.map(cluster => ({ cluster, nodes: plannedNames(options, cluster) })),
  })

const roomOf = ({ dropped }: SeriesBook): string[] =>
  dropped === 0 ? [] : [`${dropped} figures over time are not kept: there were too many`]

/** The scenario's names of nodes by those of the cluster. */
function plannedNames({ fabric }: ExecuteOptions, { handle }: Cluster): Map<string, string> {
  const planned = fabric.plan.clusters.find(({ name }) => name === handle.name)?.nodes ?? []
  return new Map(planned.map(name => [nodeOn(handle, name), name]))
}

/** One namespace on every cluster, journalled before it is made. */
class Namespaces {
  private readonly clusters: readonly Cluster[]
  private readonly journal: Journal
  private readonly name: string
  private readonly labels: Record<string, string>
  private readonly made: { cluster: Cluster; id: string }[] = []

  constructor(clusters: readonly Cluster[], journal: Journal, name: string, labels: Record<string, string>) {
    this.clusters = clusters
    this.journal = journal
    this.name = name
    this.labels = labels
  }

  async make(): Promise<void> {
    for (const cluster of this.clusters) {
      const step = this.stepOn(cluster)
      this.made.push({ cluster, id: this.journal.touch(step) })
      await findMeans(step.means)!.bringAbout(step, cluster)
    }
  }

  /** All of them, whatever becomes of one. What does not go stays in the journal for `recover`: why, in words. */
  async takeAway(): Promise<Problem[]> {
    const results = await Promise.allSettled(
      this.made.map(async ({ cluster, id }) => {
        const step = this.stepOn(cluster)
        await findMeans(step.means)!.takeBack(step, cluster)
        this.journal.restored(id)
      }),
    )
    return results.flatMap(result => (result.status === 'rejected' ? [problemOf('cleanup', result.reason)] : []))
  }

  private readonly stepOn = (cluster: Cluster) => namespaceStep(cluster.handle.name, this.name, this.labels)
}
