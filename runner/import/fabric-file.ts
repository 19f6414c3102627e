/** Files that tell of nodes, which become the clusters of a scenario. */

import { parse } from 'csv-parse/sync'
import { mebibyte } from '../formats/binary-units.ts'
import type { Source } from './source.ts'

export interface ImportedNodes {
  /** What they are called in the file; it becomes the cluster's name. */
  name: string
  nodes: number
  cpuMilli: number
  /** 0: not told. */
  memoryBytes: number
  gpus: number
  /** Absent: not told. */
  power?: { model: string; idleW: number; busyW: number }
}

export interface ImportedFabric {
  clusters: ImportedNodes[]
  notes: string[]
}

export interface FabricEntry {
  readonly name: string
  readonly summary: string
  readonly recognises: (source: Source) => boolean
  readonly read: (source: Source) => ImportedFabric
}

/** Nodes of Alibaba's GPU clusters: one cluster for each kind of node. */
const openbNodes: FabricEntry = {
  name: 'openb-nodes',
  summary: 'Nodes of Alibaba’s GPU clusters (openb_node_list_*.csv): a cluster for each kind of node.',
  recognises: source => source.firstLines(1)[0] === 'sn,cpu_milli,memory_mib,gpu,model',
  read: ({ text }) => {
    const kinds = new Map<string, ImportedNodes>()
    for (const row of parse(text, { columns: true, bom: true }) as Record<string, string>[]) {
      const key = `${row.model} ${row.cpu_milli} ${row.memory_mib} ${row.gpu}`
      const kind = kinds.get(key)
      if (kind !== undefined) kind.nodes++
      else
        kinds.set(key, {
          name: `${row.model === '' ? 'cpu' : row.model}-${Math.round(Number(row.cpu_milli) / 1000)}c-${row.gpu}g`,
          nodes: 1,
          cpuMilli: Number(row.cpu_milli),
          memoryBytes: Number(row.memory_mib) * mebibyte,
          gpus: Number(row.gpu || 0),
        })
    }
    return { clusters: [...kinds.values()], notes: ['nodes of one kind are a cluster; watts are those of a preset'] }
  },
}

interface OpenDcTopology {
  clusters?: {
    name?: string
    count?: number
    hosts?: {
      name?: string
      count?: number
      cpu?: { coreCount?: number; count?: number }
      gpu?: { count?: number }
      memory?: { memorySize?: number }
      cpuPowerModel?: { modelType?: string; idlePower?: number; maxPower?: number }
    }[]
  }[]
}

/** Names of OpenDC's power models that are ours too. */
const powerModels: ReadonlySet<string> = new Set(['constant', 'linear', 'sqrt', 'square', 'cubic', 'mse', 'asymptotic'])

/** A topology of OpenDC: a cluster for each kind of host of each cluster. */
const openDcTopology: FabricEntry = {
  name: 'opendc-topology',
  summary: 'Topologies of OpenDC (topology.json): a cluster for each kind of host.',
  recognises: source => {
    if (!source.isJson) return false
    const { clusters } = source.json as OpenDcTopology
    return Array.isArray(clusters) && clusters.every(({ hosts }) => Array.isArray(hosts))
  },
  read: source => {
    const { clusters = [] } = source.json as OpenDcTopology
    return {
      clusters: clusters.flatMap(cluster =>
        (cluster.hosts ?? []).map(host => {
          const { modelType = '', idlePower, maxPower } = host.cpuPowerModel ?? {}
          return {
            name: [cluster.name ?? 'cluster', host.name ?? 'host'].join('-'),
            nodes: (cluster.count ?? 1) * (host.count ?? 1),
            cpuMilli: (host.cpu?.coreCount ?? 1) * (host.cpu?.count ?? 1) * 1000,
            memoryBytes: host.memory?.memorySize ?? 0,
            gpus: host.gpu === undefined ? 0 : (host.gpu.count ?? 1),
            ...(powerModels.has(modelType) && idlePower !== undefined && maxPower !== undefined
              ? { power: { model: modelType, idleW: idlePower, busyW: maxPower } }
              : {}),
          }
        }),
      ),
      notes: ['speeds of cores are dropped: run times are taken to be those at speed 1', 'power sources are dropped'],
    }
  },
}

export const fabricFiles: readonly FabricEntry[] = [openbNodes, openDcTopology]
