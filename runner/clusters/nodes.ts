/** The nodes of a cluster: made where the provider makes objects of them, and waited for everywhere. */
import type { V1Node } from '@kubernetes/client-node'
import { FabricdtError } from '../errors.ts'
import { isStatus } from './api-error.ts'
import type { Cluster } from './client.ts'
import { each } from './each.ts'
import { nodeLabels, type PlannedCluster } from './fabric-plan.ts'
import { pathOf } from './paths.ts'
import { until } from './pause.ts'
import { gpuResource, quantitiesOf } from './scaling.ts'

/** More than any node of a scenario runs at once: the engine knows no such limit. */
const podsOfNode = '100000'

/** Where KWOK serves in the place of a kubelet what the node uses. */
const metricsPath = (name: string) => ({
  'metrics.k8s.io/resource-metrics-path': `/metrics/nodes/${name}/metrics/resource`,
})

/** Makes Node objects for what no kubelet announces; those that are there stay. Throws ApiError. */
export async function createNodes(
  planned: PlannedCluster,
  cluster: Cluster,
  labels: Record<string, string>,
): Promise<void> {
  const capacity = { ...quantitiesOf(planned.scaled), pods: podsOfNode }
  await each(planned.nodes, async name => {
    const metadata = {
      name,
      labels: { ...nodeLabels(planned), 'kubernetes.io/hostname': name, ...labels },
      annotations: metricsPath(name),
    }
    const body: V1Node = { apiVersion: 'v1', kind: 'Node', metadata, status: { capacity, allocatable: capacity } }
    try {
      await cluster.call('POST', pathOf('v1', 'Node'), { body, withinMs: 20_000 })
    } catch (error) {
      if (!isStatus(error, 409)) throw error
    }
  })
}

/** Makes nodes count GPUs that they have not, as an extended resource: kubelets keep what others put there. Throws ApiError. */
export async function countGpus(
  names: readonly string[],
  { scaled: { gpuMilli } }: PlannedCluster,
  cluster: Cluster,
): Promise<void> {
  if (gpuMilli === 0) return
  const counted = { [gpuResource]: String(gpuMilli) }
  await each(names, name =>
    cluster.call('PATCH', `${pathOf('v1', 'Node', undefined, name)}/status`, {
      // What can be requested the kubelet would say by itself, some seconds later.
      body: { status: { capacity: counted, allocatable: counted } },
      withinMs: 20_000,
    }),
  )
}

/** Names of the nodes that the cluster has, and of those that are ready and not closed any more. Throws ApiError. */
export async function readNodes(cluster: Cluster): Promise<{ all: string[]; ready: string[] }> {
  const { items } = await cluster.call<{ items: V1Node[] }>('GET', pathOf('v1', 'Node'))
  const name = (node: V1Node): string => node.metadata?.name ?? ''
  return { all: items.map(name), ready: items.filter(isOpen).map(name) }
}

/** Throws FabricdtError `cluster-failed` when they are not all ready in time. */
export async function waitForNodes(
  names: readonly string[],
  cluster: Cluster,
  { withinMs, signal }: { withinMs: number; signal?: AbortSignal | undefined },
): Promise<void> {
  let missing: string[] = [...names]
  const ready = await until(
    async () => {
      const found = new Set((await readNodes(cluster)).ready)
      missing = names.filter(name => !found.has(name))
      return missing.length === 0 ? true : null
    },
    { withinMs, everyMs: 500, signal },
  )
  if (ready === null)
    throw new FabricdtError(
      'cluster-failed',
      `cluster ${cluster.handle.name}: ${missing.length} of ${names.length} nodes are not ready after ${Math.round(withinMs / 1000)} s, ${missing[0]} among them`,
    )
}

/** Ready, and not marked any more as if it were not: that is a moment later. */
function isOpen(node: V1Node): boolean {
  return isReady(node) && !node.spec?.taints?.some(({ key }) => key.startsWith('node.kubernetes.io/'))
}

/** Whether Kubernetes believes that it can run pods. */
export const isReady = ({ status }: V1Node): boolean =>
  status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false
