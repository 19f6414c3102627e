/**
 * Nodes of a cluster that exists are closed: cordoned, and tainted so that what runs there is thrown out at once. The
 * control plane knows of it at once, too: the time until a failure is noticed is not part of it.
 */
import type { V1Node, V1Pod, V1Taint } from '@kubernetes/client-node'
import { isStatus } from '../api-error.ts'
import type { Cluster } from '../client.ts'
import { each } from '../each.ts'
import { pathOf } from '../paths.ts'
import type { Means } from './means.ts'

const key = 'fabricdt.io/blackout'

/** For how long an API server that does not answer is asked again. */
const withinMs = 20_000

interface Before {
  node: string
  /** Whether it took pods. */
  unschedulable: boolean
}

export const taint: Means = {
  name: 'taint',
  summary: 'the nodes are cordoned and tainted, and their pods deleted without grace',
  async steps({ nodes }, cluster) {
    const before: Before[] = []
    for (const node of nodes)
      before.push({ node, unschedulable: (await read(node, cluster)).spec?.unschedulable ?? false })
    return [{ means: 'taint', cluster: cluster.handle.name, data: { before } }]
  },
  async bringAbout({ data }, cluster) {
    const nodes = (data.before as Before[]).map(({ node }) => node)
    await each(nodes, node => change(node, true, taints => [...taints, { key, effect: 'NoExecute' }], cluster))
    const dark = new Set(nodes)
    const query = { labelSelector: 'app.kubernetes.io/managed-by=fabricdt' }
    const { items } = await cluster.call<{ items: V1Pod[] }>('GET', pathOf('v1', 'Pod'), { query, withinMs })
    await each(
      items.filter(({ spec }) => dark.has(spec?.nodeName ?? '')),
      pod => remove(pod, cluster),
    )
  },
  takeBack: ({ data }, cluster) =>
    each(data.before as Before[], ({ node, unschedulable }) => change(node, unschedulable, taints => taints, cluster)),
}

const read = (node: string, cluster: Cluster): Promise<V1Node> =>
  cluster.call<V1Node>('GET', pathOf('v1', 'Node', undefined, node), { withinMs })

/** Of taints only ours is touched; again where somebody else changed the node in between. */
async function change(
  name: string,
  unschedulable: boolean,
  taintsOf: (others: V1Taint[]) => V1Taint[],
  cluster: Cluster,
): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      const { metadata, spec } = await read(name, cluster)
      const taints = taintsOf((spec?.taints ?? []).filter(entry => entry.key !== key))
      const body = { metadata: { resourceVersion: metadata?.resourceVersion }, spec: { unschedulable, taints } }
      await cluster.call('PATCH', pathOf('v1', 'Node', undefined, name), { body, withinMs })
      return
    } catch (error) {
      if (isStatus(error, 404)) return
      if (!isStatus(error, 409) || tries >= 5) throw error
    }
  }
}

async function remove({ metadata }: V1Pod, cluster: Cluster): Promise<void> {
  try {
    await cluster.call('DELETE', pathOf('v1', 'Pod', metadata!.namespace!, metadata!.name!), {
      query: { gracePeriodSeconds: 0 },
      withinMs,
    })
  } catch (error) {
    if (!isStatus(error, 404)) throw error
  }
}
