/** Real kubelets and containers on this machine, without Docker: a container runtime for each node, a control plane by kwokctl. */
import { rm } from 'node:fs/promises'
import { FabricdtError } from '../../errors.ts'
import { connect } from '../client.ts'
import { binaryFinding, controlPlaneFindings, makeControlPlane, programFinding } from '../control-plane.ts'
import { hasCgroups1 } from '../kubelet/cgroups.ts'
import { applyEmulatedClass, emulatorFinding } from '../kubelet/emulator.ts'
import { workerFinding } from '../kubelet/images.ts'
import { cniFolder, complaintsOf, removeNode, startNode } from '../kubelet/node.ts'
import { placeOf } from '../kubelet/place.ts'
import { countGpus, waitForNodes } from '../nodes.ts'
import { endProcessesOf } from '../processes.ts'
import type { Finding, Provider } from '../provider.ts'
import { openWays } from '../ways.ts'

export const kubelet: Provider = {
  name: 'kubelet',
  summary: 'real kubelets and containers on this machine (containerd, runc); needs root, no Docker',
  given: new Set(['network']),
  failures: { blackout: 'freeze', slow: 'cpu-quota', cut: 'drop-packets' },
  doctor: async () => findings(),
  describe: (cluster, { fabric, kubeconfig }) => [
    `kwokctl create cluster --name ${cluster.name} (etcd, kube-apiserver, kube-controller-manager, kube-scheduler on 127.0.0.1)`,
    ...cluster.nodes.map(node => {
      const { bridge, cgroup } = placeOf(fabric, cluster.name, node)
      return `${node}: containerd and kubelet, bridge ${bridge}, control group ${cgroup} of ${cluster.coreMilli}m`
    }),
    `kubeconfig ${kubeconfig}`,
  ],
  async make(cluster, io) {
    const context = await makeControlPlane(cluster, io)
    for (const node of cluster.nodes) {
      io.signal?.throwIfAborted()
      await startNode(placeOf(io.fabric, cluster.name, node), cluster, io)
    }
    const { fabric, kubeconfig, signal } = io
    const client = await connect({ fabric, name: cluster.name, provider: 'kubelet', kubeconfig, context })
    try {
      await waitForNodes(cluster.nodes, client, { withinMs: 60_000, signal }).catch(cause => {
        signal?.throwIfAborted()
        const said = complaintsOf(placeOf(fabric, cluster.name, cluster.nodes[0]))
        throw new FabricdtError('cluster-failed', `${(cause as Error).message}; its kubelet said:\n${said}`, { cause })
      })
      await countGpus(cluster.nodes, cluster, client)
      await applyEmulatedClass(client)
    } finally {
      client.close()
    }
    return { context }
  },
  async takeAway(cluster, { fabric, folder }) {
    for (const node of cluster.nodes) await removeNode(placeOf(fabric, cluster.name, node))
    await endProcessesOf(folder)
    await openWays({ fabric, name: cluster.name })
    await rm(folder, { recursive: true, force: true })
  },
}

const debian = 'apt-get install containerd runc containernetworking-plugins busybox-static buildah iproute2'

function findings(): Finding[] {
  const cni = cniFolder()
  const root = process.getuid?.() === 0
  return [
    ...controlPlaneFindings(),
    binaryFinding('kubelet'),
    ...['containerd', 'ctr', 'runc', 'buildah', 'busybox', 'ip'].map(name => programFinding(name, debian)),
    { ok: cni !== undefined, what: 'network plugins', detail: cni ?? 'no bridge plugin', hint: cni ? '' : debian },
    workerFinding(),
    emulatorFinding(),
    { ok: root, what: 'root', detail: root ? 'yes' : 'no', hint: root ? '' : 'run it as root, or use k3d or kind' },
    {
      ok: hasCgroups1(),
      what: 'cgroup v1',
      detail: hasCgroups1() ? 'yes' : 'not here',
      hint: hasCgroups1() ? '' : 'use k3d or kind, which take both versions',
    },
  ]
}
