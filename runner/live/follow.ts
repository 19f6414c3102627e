/** Follows clusters: nodes and pods by watch, into a live state. */
import type { V1Node, V1Pod } from '@kubernetes/client-node'
import { type Cluster, connect } from '../clusters/client.ts'
import { pathOf } from '../clusters/paths.ts'
import type { ClusterHandle } from '../clusters/state.ts'
import { type Watch, type WatchTrouble, watch } from '../clusters/watch.ts'
import type { LiveState, Site } from './live-state.ts'

export interface FollowOptions {
  readonly state: LiveState
  /** Told of every pod event, after the state was. */
  readonly onPod?: (site: Site, pod: V1Pod, receiptMs: number) => void
  readonly onTrouble: (cluster: string, trouble: WatchTrouble) => void
}

/** A cluster that is not heard of for so long is said to be lost. */
const lostMs = 120_000

export class Following {
  private readonly clusters: { name: string; cluster: Cluster; watches: Watch[]; isListed: boolean }[] = []

  /** Begins to follow a cluster. Throws FabricdtError `cluster-failed` where its kubeconfig cannot be read. */
  async add(handle: ClusterHandle, { state, onPod, onTrouble }: FollowOptions): Promise<Site> {
    const site = siteOf(handle)
    const cluster = await connect(handle)
    const trouble = (each: WatchTrouble) => onTrouble(handle.name, each)
    const nodes = watch<V1Node>(cluster, {
      path: pathOf('v1', 'Node'),
      onTrouble: trouble,
      onEvent: ({ type, object }) => (type === 'deleted' ? state.dropNode(site, object) : state.putNode(site, object)),
    })
    const followed = { name: handle.name, cluster, watches: [nodes], isListed: false }
    this.clusters.push(followed)
    // Pods after nodes: what they ask for is measured by their nodes.
    void nodes.listed
      .then(() => {
        const pods = watch<V1Pod>(cluster, {
          path: pathOf('v1', 'Pod'),
          onTrouble: trouble,
          onEvent: ({ type, object, receiptMs }) => {
            if (type === 'deleted') state.dropPod(site, object)
            else state.putPod(site, object)
            onPod?.(site, object, receiptMs)
          },
        })
        followed.watches.push(pods)
        return pods.listed.then(() => {
          followed.isListed = true
        })
      })
      .catch(() => {}) // Stopped before: nobody asks any more.
    return site
  }

  /** Why what is known of the clusters cannot be relied on now; null where it can. */
  get missing(): string | null {
    const unlisted = this.clusters.filter(({ isListed }) => !isListed).map(({ name }) => name)
    if (unlisted.length > 0) return `not read yet: ${unlisted.join(', ')}`
    const now = Date.now()
    const lost = this.clusters.filter(({ watches }) => watches.some(each => now - each.heardMs() > lostMs))
    return lost.length === 0 ? null : `not heard of: ${lost.map(({ name }) => name).join(', ')}`
  }

  close(): void {
    for (const { cluster, watches } of this.clusters) {
      for (const each of watches) each.stop()
      cluster.close()
    }
  }
}

const siteOf = ({ name, nodeNames = {} }: ClusterHandle): Site => ({
  name,
  planned: new Map(Object.entries(nodeNames).map(([planned, own]) => [own, planned])),
})
