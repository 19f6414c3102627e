/** What a fabric has and what of it is free, cluster by cluster. */
import type { PlanningFabric } from './fabric.ts'

export interface ClusterLevels {
  name: string
  zone: string
  region: string
  pool: string
  arch: string
  nodes: number
  /** Nodes that the control plane believes ready; what follows is about these. */
  ready: number
  cpuMilli: number
  freeCpuMilli: number
  memoryBytes: number
  freeMemoryBytes: number
  gpus: number
  /** Whole ones; of nodes with parts of them taken, the largest request of one task that fits. */
  freeGpus: number
}

/** Time: linear in nodes. */
export function levelsOf({ capacity, clusters, model }: PlanningFabric): ClusterLevels[] {
  const { groups, nodeGroup } = model
  return clusters.map((cluster, c) => {
    const levels = { ready: 0, cpuMilli: 0, freeCpuMilli: 0, memoryBytes: 0, freeMemoryBytes: 0, gpus: 0, freeGpus: 0 }
    for (let node = model.clusters.nodeStart[c]; node < model.clusters.nodeStart[c + 1]; node++) {
      if (capacity.ready[node] === 0) continue
      const group = nodeGroup[node]
      levels.ready++
      levels.cpuMilli += groups.cpuMilli[group]
      levels.freeCpuMilli += capacity.freeCpu[node]
      levels.memoryBytes += groups.memoryBytes[group]
      levels.freeMemoryBytes += capacity.freeMemory[node]
      levels.gpus += groups.gpuMilli[group] / 1000
      levels.freeGpus += Math.floor(capacity.freeGpu[node] / 1000)
    }
    const { name, zone, region, pool, arch, nodes } = cluster
    return { name, zone, region, pool, arch, nodes, ...levels }
  })
}
