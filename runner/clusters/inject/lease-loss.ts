/**
 * KWOK nodes go dark: kwok-controller manages the nodes that carry a label; without it nobody renews a node's lease, and
 * Kubernetes finds out by itself. Pods that run there would go on to their end: they are marked to stand still first, while
 * kwok-controller still listens. They stay so after the repair, for what was lost does not come back.
 */
import type { V1Node, V1Pod } from '@kubernetes/client-node'
import { isStatus } from '../api-error.ts'
import type { Cluster } from '../client.ts'
import { each } from '../each.ts'
import { pathOf } from '../paths.ts'
import type { Means } from './means.ts'

/** Of the nodes that kwok-controller manages; the same as in deploy/kwok/cluster.yaml.hbs. */
export const aliveLabel = 'fabricdt.io/alive'

/** Of pods that stand still; the same as in deploy/kwok/stages.yaml. */
const darkLabel = 'fabricdt.io/dark'

export const leaseLoss: Means = {
  name: 'lease-loss',
  summary: 'the leases of the KWOK nodes are no longer renewed and their pods stand still',
  async steps({ nodes }, cluster) {
    const { items } = await cluster.call<{ items: V1Node[] }>('GET', pathOf('v1', 'Node'), {
      query: { labelSelector: `${aliveLabel}=true` },
      withinMs,
    })
    const alive = new Set(items.map(node => node.metadata?.name))
    const found = nodes.filter(node => alive.has(node))
    // One step for all: a zone goes dark at once, and one line in the journal says so.
    return found.length === 0 ? [] : [{ means: 'lease-loss', cluster: cluster.handle.name, data: { nodes: found } }]
  },
  async bringAbout({ data }, cluster) {
    const nodes = data.nodes as string[]
    const dark = new Set(nodes)
    const { items } = await cluster.call<{ items: V1Pod[] }>('GET', pathOf('v1', 'Pod'), {
      query: { fieldSelector: 'status.phase!=Succeeded,status.phase!=Failed' },
      withinMs,
    })
    await each(
      items.filter(({ spec }) => dark.has(spec?.nodeName ?? '')),
      pod => standStill(pod, cluster),
    )
    await each(nodes, node => mark(node, null, cluster))
  },
  takeBack: ({ data }, cluster) => each(data.nodes as string[], node => mark(node, 'true', cluster)),
}

/** For how long an API server that does not answer is asked again. */
const withinMs = 20_000

const mark = (node: string, alive: 'true' | null, cluster: Cluster): Promise<unknown> =>
  setLabel(pathOf('v1', 'Node', undefined, node), aliveLabel, alive, cluster)

const standStill = ({ metadata }: V1Pod, cluster: Cluster): Promise<unknown> =>
  setLabel(pathOf('v1', 'Pod', metadata!.namespace!, metadata!.name!), darkLabel, 'true', cluster)

/** What has gone in the meantime needs no label. */
async function setLabel(path: string, label: string, value: string | null, cluster: Cluster): Promise<void> {
  try {
    await cluster.call('PATCH', path, { body: { metadata: { labels: { [label]: value } } }, withinMs })
  } catch (error) {
    if (!isStatus(error, 404)) throw error
  }
}
