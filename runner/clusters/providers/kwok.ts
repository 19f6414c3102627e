/** Real control planes on this machine, without Docker, and nodes that are simulated by KWOK with stages of our own. */
import { rm } from 'node:fs/promises'
import { connect } from '../client.ts'
import { controlPlaneFindings, makeControlPlane } from '../control-plane.ts'
import { aliveLabel } from '../inject/lease-loss.ts'
import { createNodes } from '../nodes.ts'
import { endProcessesOf } from '../processes.ts'
import type { Provider } from '../provider.ts'
import { openWays } from '../ways.ts'

export const kwok: Provider = {
  name: 'kwok',
  summary: 'real control planes on this machine with simulated nodes (KWOK); needs no Docker',
  given: new Set(['runTime', 'startUp', 'energy', 'network', 'telemetry']),
  failures: { blackout: 'lease-loss', cut: 'drop-packets' },
  doctor: async () => controlPlaneFindings(),
  describe: (cluster, io) => [
    `kwokctl create cluster --name ${cluster.name} (etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kwok on 127.0.0.1)`,
    `${cluster.nodes.length} nodes ${cluster.nodes[0]} …, of ${cluster.scaled.cpuMilli}m and ${cluster.scaled.memoryBytes} bytes each`,
    `kubeconfig ${io.kubeconfig}`,
  ],
  async make(cluster, io) {
    const context = await makeControlPlane(cluster, io)
    const { fabric, kubeconfig } = io
    const client = await connect({ fabric, name: cluster.name, provider: 'kwok', kubeconfig, context })
    try {
      await createNodes(cluster, client, { [aliveLabel]: 'true' })
    } finally {
      client.close()
    }
    return { context }
  },
  /** All that kwokctl makes lies in our folder; not left to it, for it may itself be what is still at work. */
  async takeAway({ name }, { fabric, folder }) {
    await endProcessesOf(folder)
    await openWays({ fabric, name })
    await rm(folder, { recursive: true, force: true })
  },
}
