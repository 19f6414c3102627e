/** Real control planes on this machine, without Docker: kwokctl's binary runtime, with stages of our own. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../../../reports/package-root.ts'
import { type Binary, binaryPath, buildCommand, hasBinary, needBinaries } from '../binaries.ts'
import { connect } from '../client.ts'
import type { PlannedCluster } from '../fabric-plan.ts'
import { aliveLabel } from '../inject/lease-loss.ts'
import { createNodes } from '../nodes.ts'
import { endProcessesOf, runProgram } from '../processes.ts'
import type { ClusterIo, Finding, Provider } from '../provider.ts'

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
  doctor: async () => binaries.map(findingOf),
  describe: (cluster, io) => [
    `kwokctl create cluster --name ${cluster.name} (etcd, kube-apiserver, kube-controller-manager, kube-scheduler, kwok on 127.0.0.1)`,
    `${cluster.nodes.length} nodes ${cluster.nodes[0]} …, of ${cluster.scaled.cpuMilli}m and ${cluster.scaled.memoryBytes} bytes each`,
    `kubeconfig ${io.kubeconfig}`,
  ],
  async make(cluster, io) {
    const paths = needBinaries(binaries)
    await mkdir(io.folder, { recursive: true, mode: 0o700 })
    const config = join(io.folder, 'kwokctl.yaml')
    await writeFile(config, await configOf(cluster, paths))
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
  async takeAway(cluster, io) {
    if (!existsSync(io.folder)) return
    // It knows its processes by their ids; what it has not noted yet is found by our folder in its command line.
    if (hasBinary('kwokctl'))
      await runProgram(binaryPath('kwokctl'), ['delete', 'cluster', ...named(cluster, io)], {
        env: environment(io),
        timeoutMs: 60_000,
      })
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

/** A failure is noticed `detectionS` after the last renewal: leases are renewed twenty times in it. */
async function configOf(cluster: PlannedCluster, paths: Record<(typeof binaries)[number], string>): Promise<string> {
  const { default: Handlebars } = await import('handlebars')
  const read = (file: string): Promise<string> => readFile(new URL(`deploy/kwok/${file}`, packageRoot), 'utf8')
  const [template, stages] = await Promise.all([read('cluster.yaml.hbs'), read('stages.yaml')])
  const graceSeconds = Math.max(leastGraceSeconds, Math.round(cluster.detectionS))
  const leaseSeconds = Math.max(4, Math.round(graceSeconds / 5))
  return `${Handlebars.compile(template, { noEscape: true })({ binaries: paths, graceSeconds, leaseSeconds })}---\n${stages}`
}

/** Shorter, and a machine that is busy for a moment looks like a failure. */
const leastGraceSeconds = 5

function findingOf(name: Binary): Finding {
  const ok = hasBinary(name)
  return {
    ok,
    what: name,
    detail: ok ? binaryPath(name) : `not at ${binaryPath(name)}`,
    hint: ok ? '' : `build it: ${buildCommand()}`,
  }
}
