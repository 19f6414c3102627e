/** Everything that a snapshot asks a cluster: three lists, read and nothing else. */
import type { V1Job, V1Node, V1Pod } from '@kubernetes/client-node'
import type { Cluster } from '../clusters/client.ts'
import { pathOf } from '../clusters/paths.ts'

export interface ClusterObjects {
  /** Name for the scenario: a DNS label. */
  readonly name: string
  readonly context: string
  readonly nodes: readonly V1Node[]
  readonly pods: readonly V1Pod[]
  readonly jobs: readonly V1Job[]
}

/** Objects a page: what API servers like. */
const page = 500

/** Throws ApiError. */
export async function readCluster(cluster: Cluster): Promise<ClusterObjects> {
  const { name, context } = cluster.handle
  const [nodes, pods, jobs] = [
    await listAll<V1Node>(cluster, pathOf('v1', 'Node')),
    await listAll<V1Pod>(cluster, pathOf('v1', 'Pod')),
    await listAll<V1Job>(cluster, pathOf('batch/v1', 'Job')),
  ]
  return { name, context, nodes, pods, jobs }
}

async function listAll<T>(cluster: Cluster, path: string): Promise<T[]> {
  const all: T[] = []
  let token: string | undefined
  do {
    const query = { limit: page, continue: token }
    const list = await cluster.call<{ metadata?: { continue?: string }; items: T[] }>('GET', path, {
      query,
      withinMs: 10_000,
    })
    all.push(...list.items)
    token = list.metadata?.continue
  } while (token)
  return all
}
