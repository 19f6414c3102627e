import { formatCount, plain } from '../format/number.ts'
import type { Results } from '../results.ts'

const gibibyte = 1_073_741_824

/** Clusters and workloads as they were simulated. */
export function fabricTables({ fabric, demand }: Results) {
  return {
    clusters: fabric.clusters.map(cluster => ({
      ...cluster,
      memory: `${plain(cluster.memoryBytes / gibibyte)}\u00a0GiB`,
      gpus: cluster.gpus === 0 ? '\u2013' : String(cluster.gpus),
    })),
    demand: demand.map(row => ({
      workload: row.workload,
      jobs: formatCount(Math.round(row.jobs)),
      coreHours: plain(row.coreHours),
      scaledCoreHours: plain(row.scaledCoreHours),
      peakCores: row.peakCores === null ? '\u2013' : plain(row.peakCores),
    })),
  }
}
