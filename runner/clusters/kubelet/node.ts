/** A node with a kubelet and a container runtime of its own, several of them on one machine. */
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { binaryPath } from '../binaries.ts'
import { heartbeatOf, pkiFolder } from '../control-plane.ts'
import { nodeLabels, type PlannedCluster } from '../fabric-plan.ts'
import { freePorts } from '../ports.ts'
import { endProcessesOf, runProgram } from '../processes.ts'
import type { ClusterIo } from '../provider.ts'
import { fillTemplate, writePrivate } from '../templates.ts'
import { makeCgroup, removeCgroup } from './cgroups.ts'
import { startDaemon, waitForFile } from './daemon.ts'
import { writeEmulatedRunc } from './emulator.ts'
import { busyboxImage, imageArchives } from './images.ts'
import { makeBridge, removeBridge } from './network.ts'
import type { NodePlace } from './place.ts'
import { removeStrays } from './strays.ts'

/** Where Debian and most others put the network plugins. */
const cniFolders = ['/usr/lib/cni', '/opt/cni/bin', '/usr/libexec/cni']

export const cniFolder = (): string | undefined => cniFolders.find(folder => existsSync(join(folder, 'bridge')))

/** Returns when its kubelet was started; it announces the node by itself. Throws FabricdtError. */
export async function startNode(place: NodePlace, planned: PlannedCluster, io: ClusterIo): Promise<void> {
  const archives = await imageArchives()
  await mkdir(place.root, { recursive: true, mode: 0o700 })
  await mkdir(place.run, { recursive: true, mode: 0o700 })
  makeCgroup(place.cgroup, planned.coreMilli)
  const network = await makeBridge(place.bridge)
  await startRuntime(place, network, archives, io)
  await startKubelet(place, network.address, planned, io)
}

async function startRuntime(
  place: NodePlace,
  network: { address: string; subnet: string },
  archives: readonly string[],
  { signal }: ClusterIo,
): Promise<void> {
  const { root, run, bridge } = place
  const config = join(root, 'containerd.toml')
  const emulatedRunc = await writeEmulatedRunc(place)
  const values = { root, run, image: busyboxImage, cniBin: cniFolder(), emulatedRunc }
  await writePrivate(config, await fillTemplate('kubelet/containerd.toml.hbs', values))
  await writePrivate(
    join(root, 'cni', 'bridge.conflist'),
    await fillTemplate('kubelet/bridge.conflist.hbs', { root, bridge, ...network }),
  )
  const log = join(root, 'containerd.log')
  await startDaemon('containerd', ['--config', config], log)
  await waitForFile(join(run, 'containerd.sock'), log, signal)
  const ctr = [
    '--address',
    join(run, 'containerd.sock'),
    '--namespace',
    'k8s.io',
    'images',
    'import',
    '--all-platforms',
  ]
  for (const archive of archives) await runProgram('ctr', [...ctr, archive], { timeoutMs: 60_000, signal })
}

async function startKubelet(place: NodePlace, address: string, planned: PlannedCluster, io: ClusterIo): Promise<void> {
  const { root, run, cgroup, name } = place
  const [port, healthzPort] = await freePorts(2)
  const config = join(root, 'kubelet.yaml')
  const { leaseSeconds } = heartbeatOf(planned.detectionS)
  const clientCa = join(pkiFolder(planned.name, io), 'ca.crt')
  const values = { root, run, cgroup, address, port, healthzPort, leaseSeconds, clientCa, ...reservedOf(planned) }
  await writePrivate(config, await fillTemplate('kubelet/kubelet.yaml.hbs', values))
  const { 'kubernetes.io/arch': _arch, 'kubernetes.io/os': _os, ...labels } = nodeLabels(planned)
  const args = {
    config,
    kubeconfig: io.kubeconfig,
    // Its sockets lie in there.
    'root-dir': join(run, 'kubelet'),
    'cert-dir': join(root, 'pki'),
    'hostname-override': name,
    'node-ip': address,
    'node-labels': Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(','),
  }
  const flags = Object.entries(args).map(([key, value]) => `--${key}=${value}`)
  await startDaemon(binaryPath('kubelet'), flags, join(root, 'kubelet.log'))
}

/** What its kubelet complained of last, for a person who wonders why the node does not come. */
export function complaintsOf({ root }: NodePlace): string {
  const log = readFileSync(join(root, 'kubelet.log'), 'utf8')
  const errors = log.split('\n').filter(line => /^[EF]\d/.test(line))
  return errors.slice(-3).join('\n').slice(0, 2000)
}

/** What the machine has and the node has not. */
function reservedOf({ scaled }: PlannedCluster): { reservedMilli: number; reservedBytes: number } {
  return {
    reservedMilli: Math.max(0, cpus().length * 1000 - scaled.cpuMilli),
    reservedBytes: Math.max(0, totalmem() - scaled.memoryBytes),
  }
}

/** Takes it away, also where it came only half into being: who starts containers first, then what they started. */
export async function removeNode(place: NodePlace): Promise<void> {
  const { root, run, bridge, cgroup } = place
  await endProcessesOf(root)
  await endProcessesOf(run)
  await removeCgroup(cgroup)
  for (const folder of [run, root])
    for (const mount of mountsBelow(folder)) await runProgram('umount', ['--lazy', mount], { timeoutMs: 10_000 })
  await removeBridge(bridge)
  await removeStrays(place)
  await rm(run, { recursive: true, force: true })
  await rm(root, { recursive: true, force: true })
}

/** Those within others first. */
function mountsBelow(folder: string): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map(line => line.split(' ')[4] ?? '')
    .filter(mount => mount.startsWith(`${folder}/`))
    .reverse()
}
