/** k3s clusters in containers of a Docker engine: real kubelets and containers, an agent a node. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { dockerFindings, dockerName, finishNodes, graceSecondsOf } from '../docker.ts'
import { nodeLabels } from '../fabric-plan.ts'
import { endProcessesOf, runProgram } from '../processes.ts'
import type { Provider } from '../provider.ts'
import { fillTemplate, writePrivate } from '../templates.ts'

export const k3d: Provider = {
  name: 'k3d',
  summary: 'k3s in Docker: real kubelets and containers',
  given: new Set(['network']),
  failures: { blackout: 'docker-pause', slow: 'docker-cpus', cut: 'network-chaos' },
  doctor: () => dockerFindings('k3d', 'https://k3d.io/stable/#installation, version 5.8 or later'),
  describe: (cluster, { fabric, kubeconfig }) => [
    `k3d cluster create ${dockerName(fabric, cluster.name)}, with ${cluster.nodes.length} agents`,
    `kubeconfig ${kubeconfig}`,
  ],
  async make(cluster, { fabric, folder, kubeconfig, signal }) {
    const name = dockerName(fabric, cluster.name)
    const config = join(folder, 'k3d.yaml')
    const { 'kubernetes.io/arch': _arch, 'kubernetes.io/os': _os, ...labels } = nodeLabels(cluster)
    const graceSeconds = graceSecondsOf(cluster.detectionS)
    await writePrivate(
      config,
      await fillTemplate('k3d/cluster.yaml.hbs', { name, labels, graceSeconds, agents: cluster.nodes.length }),
    )
    await runProgram('k3d', ['cluster', 'create', '--config', config], { timeoutMs: 300_000, signal })
    await writePrivate(kubeconfig, await runProgram('k3d', ['kubeconfig', 'get', name], { timeoutMs: 30_000, signal }))
    const nodeNames = Object.fromEntries(cluster.nodes.map((node, ordinal) => [node, `k3d-${name}-agent-${ordinal}`]))
    const made = { context: `k3d-${name}`, nodeNames }
    await finishNodes({ fabric, name: cluster.name, provider: 'k3d', kubeconfig, ...made }, cluster, signal)
    return made
  },
  async takeAway(cluster, { fabric, folder }) {
    // A runner that died may have left the program at work.
    await endProcessesOf(folder)
    await runProgram('k3d', ['cluster', 'delete', dockerName(fabric, cluster.name)], { timeoutMs: 120_000 })
    await rm(folder, { recursive: true, force: true })
  },
}
