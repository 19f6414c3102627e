/** What of ours is where, as it is now: asked of every cluster, each with a bound. */
import type { V1Namespace } from '@kubernetes/client-node'
import { type Cluster, connect } from './client.ts'
import { readNodes } from './nodes.ts'
import { pathOf } from './paths.ts'
import { processesOf } from './processes.ts'
import { type ClusterHandle, clusterFolder, type FabricState } from './state.ts'

export interface FabricSurvey {
  readonly name: string
  readonly provider: string
  readonly phase: FabricState['phase']
  readonly createdAt: string
  readonly clusters: readonly ClusterSurvey[]
}

export interface ClusterSurvey {
  readonly name: string
  /** null: it answers; else why not. */
  readonly problem: string | null
  readonly kubeconfig: string | null
  readonly context: string | null
  /** Of the plan, those that the cluster has, and those that are ready. */
  readonly nodes: { planned: number; there: number; ready: number }
  /** Namespaces of runs. */
  readonly namespaces: readonly string[]
  /** Ids of processes on this machine. */
  readonly processes: readonly number[]
}

/** Reads only. Throws nothing that a cluster does. */
export async function survey({ name, provider, phase, createdAt, plan, clusters }: FabricState): Promise<FabricSurvey> {
  const made = new Map(clusters.map(handle => [handle.name, handle]))
  const found = plan.clusters.map(async planned => {
    const handle = made.get(planned.name)
    const processes = processesOf(clusterFolder(name, planned.name))
    const nothing = { nodes: { planned: planned.nodes.length, there: 0, ready: 0 }, namespaces: [] }
    const asked = handle === undefined ? { ...nothing, problem: 'not made' } : await ask(handle, planned.nodes.length)
    const { kubeconfig = null, context = null } = handle ?? {}
    return { name: planned.name, kubeconfig, context, processes, ...nothing, ...asked }
  })
  return { name, provider, phase, createdAt, clusters: await Promise.all(found) }
}

type Asked = Pick<ClusterSurvey, 'problem'> & Partial<Pick<ClusterSurvey, 'nodes' | 'namespaces'>>

async function ask(handle: ClusterHandle, planned: number): Promise<Asked> {
  let cluster: Cluster | null = null
  try {
    cluster = await connect(handle)
    const { all, ready } = await readNodes(cluster)
    const nodes = { planned, there: all.length, ready: ready.length }
    return { problem: null, nodes, namespaces: await namespacesOf(cluster) }
  } catch (error) {
    return { problem: (error as Error).message }
  } finally {
    cluster?.close()
  }
}

async function namespacesOf(cluster: Cluster): Promise<string[]> {
  const query = { labelSelector: 'app.kubernetes.io/managed-by=fabricdt' }
  const { items } = await cluster.call<{ items: V1Namespace[] }>('GET', pathOf('v1', 'Namespace'), { query })
  return items.map(({ metadata }) => metadata?.name ?? '')
}
