/**
 * Nodes that are containers of a Docker engine stand still: kubelet, container runtime and pods alike, as when a machine is
 * cut off from everything. Kubernetes finds out by itself. When they go on, so do their pods: what was lost must be deleted
 * before.
 */
import { runProgram } from '../processes.ts'
import type { Means } from './means.ts'

const timeoutMs = 30_000

export const pauseMeans: Means = {
  name: 'docker-pause',
  summary: 'the containers that are the nodes are paused',
  steps: async ({ nodes }, cluster) =>
    nodes.map(node => ({ means: 'docker-pause', cluster: cluster.handle.name, data: { node } })),
  async bringAbout({ data }) {
    await runProgram('docker', ['pause', String(data.node)], { timeoutMs })
  },
  async takeBack({ data }) {
    const node = String(data.node)
    const state = await runProgram('docker', ['ps', '--all', '--filter', `name=^${node}$`, '--format', '{{.State}}'], {
      timeoutMs,
    })
    if (state.trim() === 'paused') await runProgram('docker', ['unpause', node], { timeoutMs })
  },
}
