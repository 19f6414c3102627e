/**
 * Where Chaos Mesh is installed: pods of ours that run on a cluster reach nothing of another. What begins later does; a target
 * in another cluster cannot be selected, so it is named by its addresses.
 */
import type { V1Node, V1Pod } from '@kubernetes/client-node'
import { FabricdtError } from '../../errors.ts'
import { isStatus } from '../api-error.ts'
import { type Cluster, connect } from '../client.ts'
import { type KubeObject, pathOf, pathOfObject } from '../paths.ts'
import { until } from '../pause.ts'
import { readFabric } from '../state.ts'
import type { Means, Step } from './means.ts'

const apiVersion = 'chaos-mesh.org/v1alpha1'
const kind = 'NetworkChaos'
const ours = { 'app.kubernetes.io/managed-by': 'fabricdt' }

/** For how long an API server that does not answer is asked again, and Chaos Mesh may take. */
const withinMs = 20_000

/** What the controller of Chaos Mesh says of it. */
interface Chaos extends KubeObject {
  status?: { conditions?: { type: string; status: string }[] }
}

export const networkChaos: Means = {
  name: 'network-chaos',
  summary: 'pods are cut off from the other cluster by Chaos Mesh',
  async isUsable(cluster) {
    try {
      const { resources } = await cluster.call<{ resources: { kind: string }[] }>('GET', `/apis/${apiVersion}`, {
        withinMs,
      })
      return resources.some(resource => resource.kind === kind) && (await isAllowed(cluster))
    } catch (error) {
      if (isStatus(error, 404)) return false
      throw error
    }
  },
  async steps({ other }, cluster) {
    const query = { labelSelector: 'app.kubernetes.io/managed-by=fabricdt', fieldSelector: 'status.phase=Running' }
    const { items } = await cluster.call<{ items: V1Pod[] }>('GET', pathOf('v1', 'Pod'), { query, withinMs })
    // It has nothing to select where nothing runs, and says that it failed.
    if (items.length === 0) return []
    const namespaces = [...new Set(items.map(({ metadata }) => metadata!.namespace!))]
    const targets = await addressesOf(cluster.handle.fabric, other!)
    const object = cutOf(`fabricdt-${process.pid}-${Date.now().toString(36)}`, other!, namespaces, targets)
    return [{ means: 'network-chaos', cluster: cluster.handle.name, data: { name: `to ${other}`, object } }]
  },
  async bringAbout({ data }, cluster) {
    const object = data.object as Chaos
    await cluster.apply(object, { withinMs })
    const done = await until(async () => (isInjected(await read(object, cluster)) ? true : null), { withinMs })
    if (done === null)
      throw new FabricdtError('cluster-failed', `cluster ${cluster.handle.name}: Chaos Mesh does not cut within 20 s`)
  },
  async takeBack(step, cluster) {
    const object = step.data.object as Chaos
    if ((await read(object, cluster)) === null) return
    await cluster.call('DELETE', pathOfObject(object), { withinMs }).catch(unless404)
    // Chaos Mesh keeps it until all is as it was.
    const gone = await until(async () => ((await read(object, cluster)) === null ? true : null), { withinMs: 60_000 })
    if (gone === null)
      throw new FabricdtError(
        'cluster-failed',
        `cluster ${cluster.handle.name}: Chaos Mesh does not undo ${nameOf(step)}`,
      )
  },
}

async function isAllowed(cluster: Cluster): Promise<boolean> {
  const resourceAttributes = { group: 'chaos-mesh.org', resource: 'networkchaos', verb: 'create' }
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  }
  const path = pathOf(review.apiVersion, review.kind)
  const { status } = await cluster.call<{ status: { allowed: boolean } }>('POST', path, { body: review, withinMs })
  return status.allowed
}

const nameOf = ({ data }: Step): string => (data.object as Chaos).metadata?.name ?? ''

const isInjected = (chaos: Chaos | null): boolean =>
  chaos?.status?.conditions?.some(({ type, status }) => type === 'AllInjected' && status === 'True') ?? false

/** Without an end of its own: a runner that dies leaves it to `recover`. */
const cutOf = (name: string, other: string, namespaces: readonly string[], targets: readonly string[]) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: namespaces[0], labels: { ...ours, 'fabricdt.io/cut': other } },
  spec: {
    action: 'partition',
    mode: 'all',
    direction: 'to',
    selector: { namespaces, labelSelectors: ours },
    externalTargets: targets,
  },
})

/** Of nodes, their pods, and the API server. */
async function addressesOf(fabric: string, name: string): Promise<string[]> {
  const handle = readFabric(fabric)?.clusters.find(made => made.name === name)
  if (handle === undefined) throw new FabricdtError('cluster-failed', `fabric ${fabric} has no cluster ${name}`)
  const cluster = await connect(handle)
  try {
    const { items } = await cluster.call<{ items: V1Node[] }>('GET', pathOf('v1', 'Node'), { withinMs })
    const nodes = items.flatMap(({ spec, status }) => [
      ...(status?.addresses ?? []).flatMap(({ type, address }) => (type === 'Hostname' ? [] : [address])),
      ...(spec?.podCIDRs ?? []),
    ])
    return [...new Set([cluster.server.hostname, ...nodes])]
  } finally {
    cluster.close()
  }
}

async function read(object: Chaos, cluster: Cluster): Promise<Chaos | null> {
  return cluster.call<Chaos>('GET', pathOfObject(object), { withinMs }).catch(unless404)
}

function unless404(error: unknown): null {
  if (isStatus(error, 404)) return null
  throw error
}
