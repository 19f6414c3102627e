/** Real control planes on this machine, without Docker: kwokctl's binary runtime, with stages of our own. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Binary, binaryPath, buildCommand, hasBinary, needBinaries } from '../binaries.ts'
import { connect } from '../client.ts'
import type { PlannedCluster } from '../fabric-plan.ts'
import { aliveLabel } from '../inject/lease-loss.ts'
import { createNodes } from '../nodes.ts'
import { freePorts } from '../ports.ts'
import { endProcessesOf, programPath, runProgram } from '../processes.ts'
import type { ClusterIo, Finding, Provider } from '../provider.ts'
import { fillTemplate, readDeploy, writePrivate } from '../templates.ts'

const binaries = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'kwokctl',
] as const satisfies Binary[]

export const kwok: Provider = {
  name: 'kwok',
  summary: 'real control planes on this machine with simulated nodes (KWOK); needs no Docker',
  given: new Set(['runTime', 'startUp', 'energy', 'network', 'telemetry']),
  failures: { blackout: 'lease-loss' },
  doctor: async () => [linux(), kubectl(), ...binaries.map(findingOf)],
  describe: (cluster, io) => [
    `kwokctl create cluster --name ${cluster.name} (etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kwok on 127.0.0.1)`,
    `${cluster.nodes.length} nodes ${cluster.nodes[0]} …, of ${cluster.scaled.cpuMilli}m and ${cluster.scaled.memoryBytes} bytes each`,
    `kubeconfig ${io.kubeconfig}`,
  ],
  async make(cluster, io) {
    const paths = needBinaries(binaries)
    const config = join(io.folder, 'kwokctl.yaml')
    await writePrivate(config, await configOf(cluster, paths))
    const args = ['create', 'cluster', ...named(cluster, io), '--config', config, '--heartbeat-factor', '1']
    await runProgram(paths.kwokctl, [...args, '--wait', '60s'], {
      env: environment(io),
      timeoutMs: 120_000,
      signal: io.signal,
    })
    const handle = { fabric: io.fabric, name: cluster.name, provider: 'kwok', kubeconfig: io.kubeconfig }
    const made = { context: `kwok-${cluster.name}` }
    const client = await connect({ ...handle, ...made })
    try {
      await createNodes(cluster, client, { [aliveLabel]: 'true' })
    } finally {
      client.close()
    }
    return made
  },
  /** All that kwokctl makes lies in our folder; not left to it, for it may itself be what is still at work. */
  async takeAway(_cluster, io) {
    await endProcessesOf(io.folder)
    await rm(io.folder, { recursive: true, force: true })
  },
}

/** Nothing of it is in the user's own ~/.kwok or ~/.kube. */
const environment = (io: ClusterIo): Record<string, string> => ({
  KWOK_WORKDIR: join(io.folder, 'kwok'),
  KUBECONFIG: io.kubeconfig,
})

const named = ({ name }: PlannedCluster, io: ClusterIo): string[] => ['--name', name, '--kubeconfig', io.kubeconfig]

async function configOf(cluster: PlannedCluster, binaries: Readonly<Record<string, string>>): Promise<string> {
  const [apiserver, etcd, etcdPeer, controllerManager, scheduler, kwokController] = await freePorts(6)
  const ports = { apiserver, etcd, etcdPeer, controllerManager, scheduler, kwokController }
  const config = await fillTemplate('kwok/cluster.yaml.hbs', { binaries, ports, ...heartbeatOf(cluster.detectionS) })
  return `${config}---\n${await readDeploy('kwok/stages.yaml')}`
}

/**
 * Leases are renewed ten times in the time after which a failure shall be noticed. Kubernetes counts from the last renewal,
 * half an interval before the failure in the mean, and looks every second, half a second late in the mean: the time that
 * it gives them makes up for both.
 */
export function heartbeatOf(detectionS: number): { leaseSeconds: number; graceSeconds: number } {
  const wantedS = Math.max(leastDetectionS, detectionS)
  // KWOK renews a lease four times in its time, which is in whole seconds.
  const leaseSeconds = Math.max(4, Math.round(0.4 * wantedS))
  return { leaseSeconds, graceSeconds: Number((wantedS + leaseSeconds / 8 - 0.5).toFixed(3)) }
}

/** Sooner, and a machine that is busy for a moment looks like a failure. */
const leastDetectionS = 5

/** Processes are found, and ended, by what /proc says of them. */
function linux(): Finding {
  const ok = process.platform === 'linux'
  return { ok, what: 'Linux', detail: process.platform, hint: ok ? '' : 'use k3d or kind' }
}

/** kwokctl asks it whether the cluster is ready. */
function kubectl(): Finding {
  const path = programPath('kubectl')
  return {
    ok: path !== null,
    what: 'kubectl',
    detail: path ?? 'not on the PATH',
    hint: path === null ? 'https://kubernetes.io/docs/tasks/tools/#kubectl' : '',
  }
}

function findingOf(name: Binary): Finding {
  const ok = hasBinary(name)
  return {
    ok,
    what: name,
    detail: ok ? binaryPath(name) : `not at ${binaryPath(name)}`,
    hint: ok ? '' : `build it: ${buildCommand()}`,
  }
}
