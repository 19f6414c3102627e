/** A real control plane on this machine, without Docker: kwokctl's binary runtime, in a folder of ours. */
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { FabricdtError } from '../errors.ts'
import { type Binary, binaryPath, buildCommand, hasBinary, needBinaries } from './binaries.ts'
import type { PlannedCluster } from './fabric-plan.ts'
import { whyNoPackets } from './packets.ts'
import { until } from './pause.ts'
import { freePorts, isListening } from './ports.ts'
import { endProcessesOf, programPath, runProgram } from './processes.ts'
import type { ClusterIo, Finding } from './provider.ts'
import { fillTemplate, readDeploy, writePrivate } from './templates.ts'

const binaries = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kwok',
  'kwokctl',
  'metrics-server',
] as const satisfies Binary[]

/** A port that was free a moment ago may be taken when a program wants it: then all is made anew, so often. */
const mostTries = 3

/**
 * Returns the context of its kubeconfig when its API server and its Metrics API answer. All of it lies in the cluster's
 * folder: it is taken away by ending the processes that name the folder. Throws FabricdtError `provider-missing` or
 * `cluster-failed`.
 */
export async function makeControlPlane(cluster: PlannedCluster, io: ClusterIo): Promise<string> {
  for (let tries = 1; ; tries++) {
    const metricsServer = await createCluster(cluster, io)
    if (await runs(metricsServer, io)) return `kwok-${cluster.name}`
    const log = join(io.folder, 'kwok', 'clusters', cluster.name, 'logs', 'metrics-server.log')
    const told = existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(-3).join('\n') : 'nothing'
    await endProcessesOf(io.folder)
    rmSync(join(io.folder, 'kwok'), { recursive: true, force: true })
    if (tries === mostTries)
      throw new FabricdtError(
        'cluster-failed',
        `cluster ${cluster.name}: its metrics-server ended at once; it said:\n${told}`,
      )
  }
}

/** Without a Metrics API that answers, the API server cannot end the deletion of any namespace. */
const runs = async (port: number, { signal }: ClusterIo): Promise<boolean> =>
  (await until(async () => ((await isListening(port)) ? true : null), { withinMs: 20_000, signal })) !== null

/** Returns the port of its metrics-server. */
async function createCluster(cluster: PlannedCluster, io: ClusterIo): Promise<number> {
  const paths = needBinaries(binaries)
  const config = join(io.folder, 'kwokctl.yaml')
  const ports = await choosePorts()
  await writePrivate(config, await configOf(cluster, ports, paths, pkiFolder(cluster.name, io)))
  const named = ['--name', cluster.name, '--kubeconfig', io.kubeconfig, '--config', config]
  await runProgram(paths.kwokctl, ['create', 'cluster', ...named, '--heartbeat-factor', '1', '--wait', '60s'], {
    // Nothing of it is in the user's own ~/.kwok or ~/.kube.
    env: { KWOK_WORKDIR: join(io.folder, 'kwok'), KUBECONFIG: io.kubeconfig },
    timeoutMs: 120_000,
    signal: io.signal,
  })
  return ports.metricsServer
}

/** What this machine has and lacks for one. */
export const controlPlaneFindings = (): Finding[] => [
  linux(),
  programFinding('kubectl', kubectlHint),
  ...binaries.map(binaryFinding),
  firewall(),
]

/** Where kwokctl keeps the certificates of a cluster. */
export const pkiFolder = (cluster: string, { folder }: Pick<ClusterIo, 'folder'>): string =>
  join(folder, 'kwok', 'clusters', cluster, 'pki')

async function choosePorts() {
  const [apiserver, etcd, etcdPeer, controllerManager, scheduler, kwokController, metricsServer] = await freePorts(7)
  return { apiserver, etcd, etcdPeer, controllerManager, scheduler, kwokController, metricsServer }
}

async function configOf(
  cluster: PlannedCluster,
  ports: Readonly<Record<string, number>>,
  binaries: Readonly<Record<string, string>>,
  pki: string,
): Promise<string> {
  const config = await fillTemplate('kwok/cluster.yaml.hbs', {
    binaries,
    ports,
    pki,
    ...heartbeatOf(cluster.detectionS),
  })
  return [config, await readDeploy('kwok/stages.yaml'), await readDeploy('kwok/metrics.yaml')].join('---\n')
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

/** Nothing is refused without it. */
function firewall(): Finding {
  const why = whyNoPackets()
  return {
    ok: true,
    what: 'iptables',
    detail: why ?? 'yes',
    hint: why === null ? '' : 'partitions are modelled without it: apt-get install iptables, and run it as root',
  }
}

/** kwokctl asks it whether the cluster is ready. */
const kubectlHint = 'https://kubernetes.io/docs/tasks/tools/#kubectl'

/** Whether a program is on the PATH. */
export function programFinding(name: string, hint: string): Finding {
  const path = programPath(name)
  return { ok: path !== null, what: name, detail: path ?? 'not on the PATH', hint: path === null ? hint : '' }
}

export function binaryFinding(name: Binary): Finding {
  const ok = hasBinary(name)
  const detail = ok ? binaryPath(name) : `not at ${binaryPath(name)}`
  return { ok, what: name, detail, hint: ok ? '' : `build it: ${buildCommand()}` }
}
