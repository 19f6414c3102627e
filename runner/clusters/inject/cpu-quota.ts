/** A node with a kubelet of its own is slow: all that runs on it gets only a part of the CPU that the node has. */
import { readQuota, writeQuota } from '../kubelet/cgroups.ts'
import { placeOf } from '../kubelet/place.ts'
import type { Means } from './means.ts'

export const cpuQuota: Means = {
  name: 'cpu-quota',
  summary: "the nodes' containers together get only a part of the nodes' CPU",
  steps: async ({ nodes, factor = 1 }, { handle: { fabric, name } }) =>
    nodes.map(node => {
      const { cgroup } = placeOf(fabric, name, node)
      return { means: 'cpu-quota', cluster: name, data: { cgroup, factor, beforeUs: readQuota(cgroup) } }
    }),
  async bringAbout({ data }) {
    writeQuota(String(data.cgroup), Number(data.beforeUs) * Number(data.factor))
  },
  async takeBack({ data }) {
    writeQuota(String(data.cgroup), Number(data.beforeUs))
  },
}
