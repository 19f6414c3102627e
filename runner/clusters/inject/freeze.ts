/**
 * A node with a kubelet of its own stands still: kubelet, container runtime and all containers, as when a machine hangs.
 * Kubernetes finds out by itself. When it goes on, so do its containers: what was lost must be deleted before.
 */
import { freeze } from '../kubelet/cgroups.ts'
import { placeOf } from '../kubelet/place.ts'
import { processesOf, signalProcesses } from '../processes.ts'
import type { Means, Step } from './means.ts'

export const freezeMeans: Means = {
  name: 'freeze',
  summary: 'kubelet, container runtime and containers of the nodes stand still',
  steps: async ({ nodes }, { handle: { fabric, name } }) =>
    nodes.map(node => ({ means: 'freeze', cluster: name, data: { fabric, node } })),
  async bringAbout(step) {
    const { cgroup } = place(step)
    signalProcesses(programsOf(step), 'SIGSTOP')
    freeze(cgroup, true)
  },
  async takeBack(step) {
    const { cgroup } = place(step)
    freeze(cgroup, false)
    signalProcesses(programsOf(step), 'SIGCONT')
  },
}

const place = ({ cluster, data }: Step) => placeOf(String(data.fabric), cluster, String(data.node))

/** Kubelet and containerd know their folder, what containerd starts for each pod its socket. */
function programsOf(step: Step): number[] {
  const { root, run } = place(step)
  return [...processesOf(root), ...processesOf(run)]
}
