/**
 * Ways from one cluster of this machine to another. A control plane here asks others from an address of its own on the
 * loopback interface, and nodes with kubelets have networks of their own: what goes that way can be told from all else.
 */
import { createHash } from 'node:crypto'
import { type Cluster, connect } from './client.ts'
import { subnetOf } from './kubelet/network.ts'
import { placeOf } from './kubelet/place.ts'
import { letPass, takesRules, whyNoPackets } from './packets.ts'
import { type ClusterHandle, clusterFolder, readFabric } from './state.ts'

type Named = Pick<ClusterHandle, 'fabric' | 'name'>

const hashOf = ({ fabric, name }: Named): Buffer => createHash('sha256').update(clusterFolder(fabric, name)).digest()

/** 127.64.0.0 to 127.127.255.255, nobody else's on this machine. */
export function addressOf(cluster: Named): string {
  const [a, b, c] = hashOf(cluster)
  return `127.${64 + (a % 64)}.${b}.${c}`
}

/** How the names of all chains begin that drop what a cluster sends. */
export const chainsOf = (cluster: Named): string => `FDT-${hashOf(cluster).toString('hex', 0, 4)}`

/** Takes away what still drops packets of a cluster that is taken away itself. Throws FabricdtError `cluster-failed`. */
export async function openWays(cluster: Named): Promise<void> {
  if (whyNoPackets() === null && (await takesRules())) await letPass(chainsOf(cluster))
}

/** What goes from somewhere to somewhere: addresses or networks, with or without a port. */
export interface Way {
  readonly from: string
  readonly to: string
  readonly port?: number
}

/** From control plane to API server, and from nodes to nodes where these have networks. Throws FabricdtError. */
export async function waysBetween({ handle }: Cluster, other: string): Promise<Way[]> {
  const { hostname, port } = await serverOf(handle.fabric, other)
  const way = { from: addressOf(handle), to: hostname, port: Number(port) }
  // Simulated nodes have none.
  if (handle.provider !== 'kubelet') return [way]
  const [here, there] = await Promise.all([handle.name, other].map(name => networksOf(handle.fabric, name)))
  return [way, ...here.flatMap(from => there.map(to => ({ from, to })))]
}

/** Whether the other cluster's API server answers what is asked of it from here. */
export async function reaches(from: ClusterHandle, other: Cluster, timeoutMs: number): Promise<boolean> {
  try {
    await other.call('GET', '/readyz', { timeoutMs, localAddress: addressOf(from) })
    return true
  } catch {
    return false
  }
}

async function serverOf(fabric: string, name: string): Promise<URL> {
  const handle = readFabric(fabric)?.clusters.find(made => made.name === name)
  if (handle === undefined) throw new Error(`fabric ${fabric} has no cluster ${name}`)
  const cluster = await connect(handle)
  cluster.close()
  return cluster.server
}

async function networksOf(fabric: string, name: string): Promise<string[]> {
  const planned = readFabric(fabric)?.plan.clusters.find(cluster => cluster.name === name)
  const bridges = (planned?.nodes ?? []).map(node => placeOf(fabric, name, node).bridge)
  return (await Promise.all(bridges.map(subnetOf))).filter(subnet => subnet !== null)
}
