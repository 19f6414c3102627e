/**
 * Fabrics of real clusters: made one cluster after another, taken away whole. What is made is noted before it is begun; what
 * is half made when something goes wrong, Ctrl-C included, is taken away.
 */
import { setMaxListeners } from 'node:events'
import { FabricdtError } from '../errors.ts'
import { connect } from './client.ts'
import type { FabricPlan, PlannedCluster } from './fabric-plan.ts'
import { waitForNodes } from './nodes.ts'
import { owner } from './owner.ts'
import type { ClusterIo, Provider } from './provider.ts'
import { findProvider } from './providers/index.ts'
import {
  type ClusterHandle,
  claimFabric,
  clusterFolder,
  type FabricState,
  forgetFabric,
  kubeconfigOf,
  writeFabric,
} from './state.ts'

export interface FabricIo {
  readonly signal?: AbortSignal
  /** A line for a person who waits. */
  readonly say: (line: string) => void
}

export interface UpIo extends FabricIo {
  readonly options?: Readonly<Record<string, string>>
  /** For one run of this process only. */
  readonly forRun?: boolean
}

/**
 * Makes the fabric and returns when all its nodes are ready. Throws FabricdtError `fabric-exists`, `provider-missing` or
 * `cluster-failed`, or the signal's reason; then nothing of it is left.
 */
export async function up(
  plan: FabricPlan,
  provider: Provider,
  { signal, say, options = {}, forRun = false }: UpIo,
): Promise<ClusterHandle[]> {
  let state: FabricState = {
    version: 1,
    name: plan.name,
    provider: provider.name,
    createdAt: new Date().toISOString(),
    phase: 'making',
    owner: owner(),
    plan,
    options,
    ...(forRun ? { forRun } : {}),
    clusters: [],
  }
  // Each cluster listens to it for as long as it is made, and all are waited for at once.
  if (signal !== undefined) setMaxListeners(0, signal)
  if (!claimFabric(state)) throw new FabricdtError('fabric-exists', `fabric ${plan.name} is there already`)
  try {
    for (const cluster of plan.clusters) {
      signal?.throwIfAborted()
      say(`${cluster.name}: making`)
      const handle = await makeCluster(state, cluster, provider, { say, ...(signal === undefined ? {} : { signal }) })
      state = { ...state, clusters: [...state.clusters, handle] }
      writeFabric(state)
    }
    await ready(state, signal)
    writeFabric({ ...state, phase: 'up' })
    return [...state.clusters]
  } catch (error) {
    say('taking away what was made')
    await down(state, { say })
    throw error
  }
}

/** Takes everything of it away, as far as it came. Throws FabricdtError `cluster-failed`; what is left stays noted. */
export async function down(state: FabricState, { say }: Pick<FabricIo, 'say'>): Promise<void> {
  const provider = findProvider(state.provider)
  if (provider === undefined) throw new FabricdtError('cluster-failed', `no provider ${state.provider}`)
  writeFabric({ ...state, phase: 'taking away', owner: owner() })
  const failed: unknown[] = []
  for (const cluster of state.plan.clusters) {
    say(`${cluster.name}: taking away`)
    await provider.takeAway(cluster, ioOf(state, cluster, { say })).catch((error: unknown) => failed.push(error))
  }
  if (failed.length > 0) throw failed[0]
  forgetFabric(state.name)
}

/** What a provider is told about a cluster of a fabric. */
export function ioOf(
  { name, options }: Pick<FabricState, 'name' | 'options'>,
  cluster: PlannedCluster,
  io: FabricIo,
): ClusterIo {
  const option = options[cluster.name]
  return {
    ...io,
    fabric: name,
    folder: clusterFolder(name, cluster.name),
    kubeconfig: kubeconfigOf(name, cluster.name),
    ...(option === undefined ? {} : { option }),
  }
}

async function makeCluster(
  state: FabricState,
  cluster: PlannedCluster,
  provider: Provider,
  io: FabricIo,
): Promise<ClusterHandle> {
  const given = ioOf(state, cluster, io)
  const made = await provider.make(cluster, given)
  return { fabric: state.name, name: cluster.name, provider: provider.name, kubeconfig: given.kubeconfig, ...made }
}

async function ready({ plan, clusters }: FabricState, signal?: AbortSignal): Promise<void> {
  for (const [index, handle] of clusters.entries()) {
    const cluster = await connect(handle)
    try {
      const names = plan.clusters[index].nodes.map(name => nodeOn(handle, name))
      await waitForNodes(names, cluster, { withinMs: 120_000, signal })
    } finally {
      cluster.close()
    }
  }
}

/** What a node of the scenario is called on the cluster. */
export const nodeOn = ({ nodeNames }: ClusterHandle, name: string): string => nodeNames?.[name] ?? name
