/** kubeadm clusters in containers of a Docker engine: real kubelets and containers, a worker a node. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { dockerFindings, dockerName, finishNodes, graceSecondsOf } from '../docker.ts'
import { nodeLabels } from '../fabric-plan.ts'
import { endProcessesOf, runProgram } from '../processes.ts'
import type { Provider } from '../provider.ts'
import { fillTemplate, writePrivate } from '../templates.ts'

export const kind: Provider = {
  name: 'kind',
  summary: 'Kubernetes in Docker: real kubelets and containers',
  given: new Set(['network']),
  failures: { blackout: 'docker-pause', slow: 'docker-cpus', cut: 'network-chaos' },
  doctor: () =>
    dockerFindings('kind', 'https://kind.sigs.k8s.io/docs/user/quick-start/#installation, version 0.30 or later'),
  describe: (cluster, { fabric, kubeconfig }) => [
    `kind create cluster --name ${dockerName(fabric, cluster.name)}, with ${cluster.nodes.length} workers`,
    `kubeconfig ${kubeconfig}`,
  ],
  async make(cluster, { fabric, folder, kubeconfig, signal }) {
    const name = dockerName(fabric, cluster.name)
    const config = join(folder, 'kind.yaml')
    const { 'kubernetes.io/arch': _arch, 'kubernetes.io/os': _os, ...labels } = nodeLabels(cluster)
    const graceSeconds = graceSecondsOf(cluster.detectionS)
    await writePrivate(
      config,
      await fillTemplate('kind/cluster.yaml.hbs', { labels, graceSeconds, nodes: cluster.nodes }),
    )
    const args = ['create', 'cluster', '--name', name, '--config', config, '--kubeconfig', kubeconfig, '--wait', '180s']
    await runProgram('kind', args, { timeoutMs: 600_000, signal })
    const nodeNames = Object.fromEntries(
      cluster.nodes.map((node, ordinal) => [node, `${name}-worker${ordinal === 0 ? '' : ordinal + 1}`]),
    )
    const made = { context: `kind-${name}`, nodeNames }
    await finishNodes({ fabric, name: cluster.name, provider: 'kind', kubeconfig, ...made }, cluster, signal)
    return made
  },
  async takeAway(cluster, { fabric, folder, kubeconfig }) {
    // A runner that died may have left the program at work.
    await endProcessesOf(folder)
    const args = ['delete', 'cluster', '--name', dockerName(fabric, cluster.name), '--kubeconfig', kubeconfig]
    await runProgram('kind', args, { timeoutMs: 120_000 })
    await rm(folder, { recursive: true, force: true })
  },
}
