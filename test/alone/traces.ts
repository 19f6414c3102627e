/** What of ours is on this machine and on its clusters, a line each: to be listed before and after. */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { V1Node } from '@kubernetes/client-node'
import { type Cluster, connect } from '../../runner/clusters/client.ts'
import { isReady } from '../../runner/clusters/nodes.ts'
import { pathOf } from '../../runner/clusters/paths.ts'
import { processesOf } from '../../runner/clusters/processes.ts'
import type { FabricState } from '../../runner/clusters/state.ts'

const cgroups = '/sys/fs/cgroup'
const runPrefix = '/run/fdt-'

/** Processes, mounts (network namespaces among them), network devices, control groups, containers, files in shared folders. */
export function machineTraces(stateFolder: string): string[] {
  return [
    ...processes(stateFolder),
    ...mounts(stateFolder),
    ...namesIn('/sys/class/net').map(name => `device ${name}`),
    ...namesIn(cgroups).flatMap(controller => groupsBelow(join(cgroups, controller), 'fdt-')),
    ...namesIn('/run')
      .filter(name => name.startsWith('fdt-'))
      .flatMap(name => [`folder /run/${name}`, ...namesIn(`/run/${name}/runc/k8s.io`).map(id => `container ${id}`)]),
    ...['/run/containerd/s', '/run/containerd/runc/k8s.io', '/var/lib/cni/results'].flatMap(filesIn),
    ...namesIn('/var/log/containers')
      .map(name => join('/var/log/containers', name))
      .filter(link => targetOf(link).startsWith(stateFolder)),
    ...namesIn(join(stateFolder, 'fabrics')).map(name => `state ${name}`),
    ...packetRules(),
  ].sort()
}

/** Chains of the firewall that drop packets of ours. */
function packetRules(): string[] {
  const { stdout } = spawnSync('iptables-save', { encoding: 'utf8' })
  return (stdout ?? '').split('\n').filter(line => line.includes('FDT-'))
}

/** Those that name a folder of ours, and those in a control group of ours. */
function processes(stateFolder: string): string[] {
  const named = [...processesOf(stateFolder), ...processesOf('/run').filter(isOfANode)]
  const grouped = namesIn('/proc')
    .filter(name => /^\d+$/.test(name) && textOf(`/proc/${name}/cgroup`).includes(':/fdt-'))
    .map(Number)
  return [...new Set([...named, ...grouped])].map(pid => `process ${pid} ${programOf(pid)}`)
}

const isOfANode = (pid: number): boolean => textOf(`/proc/${pid}/cmdline`).includes(runPrefix)
const programOf = (pid: number): string => basename(textOf(`/proc/${pid}/cmdline`).split('\0')[0])

const mounts = (stateFolder: string): string[] =>
  textOf('/proc/self/mountinfo')
    .split('\n')
    .map(line => line.split(' ')[4] ?? '')
    .filter(mount => mount.startsWith(stateFolder) || mount.startsWith(runPrefix))
    .map(mount => `mount ${mount}`)

/** With what is left of their CPU, and whether they stand still; those that a kubelet keeps for all pods, once it had one, are not told. */
function groupsBelow(folder: string, prefix = ''): string[] {
  return namesIn(folder)
    .filter(name => name.startsWith(prefix) && existsSync(join(folder, name, 'cgroup.procs')))
    .flatMap(name => {
      const group = join(folder, name)
      const set = [textOf(join(group, 'cpu.cfs_quota_us')), textOf(join(group, 'freezer.state'))].join('').trim()
      const isForAll = ['kubepods', 'besteffort', 'burstable'].includes(name)
      return [...(isForAll ? [] : [`control group ${group} ${set}`]), ...groupsBelow(group)]
    })
}

const filesIn = (folder: string): string[] => namesIn(folder).map(name => join(folder, name))

/** Namespaces, pods, and nodes with their labels and taints, and whether they are ready. */
export async function clusterTraces({ clusters }: FabricState): Promise<string[]> {
  const found: string[] = []
  for (const handle of clusters) {
    const cluster = await connect(handle)
    try {
      found.push(...(await tracesOn(cluster)).map(line => `${handle.name}: ${line}`))
    } finally {
      cluster.close()
    }
  }
  return found.sort()
}

async function tracesOn(cluster: Cluster): Promise<string[]> {
  const list = async (kind: string): Promise<V1Node[]> =>
    (await cluster.call<{ items: V1Node[] }>('GET', pathOf('v1', kind), { withinMs: 20_000 })).items
  return [
    ...(await list('Namespace')).map(({ metadata }) => `namespace ${metadata!.name}`),
    ...(await list('Pod')).map(({ metadata }) => `pod ${metadata!.namespace}/${metadata!.name}`),
    ...(await list('Node')).map(nodeText),
  ]
}

function nodeText(node: V1Node): string {
  const { metadata, spec } = node
  const labels = Object.entries(metadata!.labels ?? {}).sort()
  const taints = (spec!.taints ?? []).map(({ key, effect }) => `${key}:${effect}`).sort()
  return `node ${metadata!.name} ${JSON.stringify({ ready: isReady(node), closed: spec!.unschedulable ?? false, labels, taints })}`
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link)
  } catch {
    return ''
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
