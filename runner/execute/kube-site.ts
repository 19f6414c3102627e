/** A real cluster as the executor's site. */
import type { V1Job, V1Node, V1Pod } from '@kubernetes/client-node'
import { isStatus } from '../clusters/api-error.ts'
import type { Cluster } from '../clusters/client.ts'
import { type KubeObject, pathOf } from '../clusters/paths.ts'
import { type Watch, watch } from '../clusters/watch.ts'
import type { JobManifest } from './manifests.ts'
import { nodeSeen, podSeen } from './pod-seen.ts'
import type { NodeSeen, Seen, Site } from './site.ts'

/** For how long a cluster that does not answer is asked again. */
const withinMs = 20_000

/** It is asked so often whether it is there: watches of what does not change say nothing for a minute. */
const probeEveryMs = 3000

/** When nothing was heard of it for so long, nothing is known of the cluster any more. */
const unheardMs = 20_000

export class KubeSite implements Site {
  readonly name: string
  private readonly cluster: Cluster
  private readonly namespace: string
  /** The scenario's names of its nodes by the cluster's. */
  private readonly nodeNames: ReadonlyMap<string, string>
  private readonly watches: Watch[] = []
  private readonly nodes = new Map<string, NodeSeen>()
  private seen: Seen | null = null
  private timer: NodeJS.Timeout | null = null
  private answeredMs = Date.now()
  private isHeard = true

  constructor(cluster: Cluster, namespace: string, nodeNames: ReadonlyMap<string, string>) {
    this.name = cluster.handle.name
    this.cluster = cluster
    this.namespace = namespace
    this.nodeNames = nodeNames
  }

  async watch(seen: Seen): Promise<void> {
    this.seen = seen
    this.follow<V1Node & KubeObject>(pathOf('v1', 'Node'), (node, receiptMs, isGone) => {
      const told = nodeSeen(node, receiptMs, isGone)
      const known = { ...told, node: this.nodeNames.get(told.node) ?? told.node }
      this.nodes.set(known.node, known)
      seen.node(known)
    })
    this.follow<V1Pod & KubeObject>(pathOf('v1', 'Pod', this.namespace), (pod, receiptMs, isGone) => {
      const told = podSeen(pod, receiptMs, isGone)
      if (told !== null) seen.pod(told)
    })
    const known = new Set<string>()
    this.follow<V1Job & KubeObject>(pathOf('batch/v1', 'Job', this.namespace), ({ metadata }, receiptMs) => {
      const name = metadata?.name ?? ''
      if (!known.has(name)) seen.echo(name, receiptMs)
      known.add(name)
    })
    await Promise.all(this.watches.map(({ listed }) => listed))
    this.answeredMs = Date.now()
    this.timer = setInterval(() => void this.probe().then(() => this.judge(seen)), probeEveryMs)
  }

  private follow<T extends KubeObject>(
    path: string,
    tell: (object: T, receiptMs: number, isGone: boolean) => void,
  ): void {
    const followed = watch<T>(this.cluster, {
      path,
      onEvent: ({ object, receiptMs, type }) => tell(object, receiptMs, type === 'deleted'),
      onTrouble: ({ message }) => this.seen?.interrupted(message),
    })
    // Told where it is waited for; afterwards a watch goes on by itself.
    followed.listed.catch(() => {})
    this.watches.push(followed)
  }

  private async probe(): Promise<void> {
    try {
      await this.cluster.call('GET', '/readyz', { timeoutMs: probeEveryMs })
      this.answeredMs = Date.now()
    } catch {
      // That it was not heard of is what counts.
    }
  }

  /** Whether the cluster is heard of; when it is again, all that is known is told anew. */
  private judge(seen: Seen): void {
    const heardMs = Math.max(this.answeredMs, ...this.watches.map(each => each.heardMs()))
    const isHeard = Date.now() - heardMs < unheardMs
    if (isHeard === this.isHeard) return
    this.isHeard = isHeard
    seen.heard(isHeard, `nothing was heard of the cluster for ${unheardMs / 1000} s`)
    if (isHeard) for (const node of this.nodes.values()) seen.node(node)
  }

  async submit(job: JobManifest): Promise<{ createdMs: number | null }> {
    const { metadata } = await this.cluster.apply<KubeObject>(job, { withinMs })
    const created = (metadata as { creationTimestamp?: string } | undefined)?.creationTimestamp
    return { createdMs: created === undefined ? null : Date.parse(created) }
  }

  async withdraw(job: string): Promise<void> {
    try {
      const query = { propagationPolicy: 'Background' }
      await this.cluster.call('DELETE', pathOf('batch/v1', 'Job', this.namespace, job), { query, withinMs })
    } catch (error) {
      if (!isStatus(error, 404)) throw error
    }
  }

  close(): void {
    if (this.timer !== null) clearInterval(this.timer)
    for (const each of this.watches) each.stop()
  }
}
