/** How much CPU the pods of each node used over a run. */
import type { Cluster } from '../clusters/client.ts'
import { each } from '../clusters/each.ts'
import { nodeOn } from '../clusters/fabrics.ts'
import { pathOf } from '../clusters/paths.ts'
import { until } from '../clusters/pause.ts'
import { type NodeCpu, nodeCpuOf } from './cadvisor.ts'

/** For how long cAdvisor may take to look again after the end. */
const withinMs = 30_000

export class CpuSampler {
  private readonly nodes: readonly { cluster: Cluster; name: string }[]
  private readonly before = new Map<string, NodeCpu>()

  /** Of clusters with their nodes' names in the scenario. */
  constructor(clusters: readonly { cluster: Cluster; nodes: readonly string[] }[]) {
    this.nodes = clusters.flatMap(({ cluster, nodes }) => nodes.map(name => ({ cluster, name })))
  }

  /** Reads where the counters stand. Nodes that do not say are left out. */
  async begin(): Promise<void> {
    await each(this.nodes, async node => {
      const reading = await read(node)
      // A node that has just come has no counter of pods before its first one.
      if (reading !== undefined) this.before.set(node.name, reading ?? { usedS: 0, atMs: Date.now() })
    })
  }

  /** Core-seconds since then by the scenario's names of nodes, when cAdvisor has looked after the end; without those that did not say. */
  async end(): Promise<Map<string, number>> {
    const endMs = Date.now()
    const used = new Map<string, number>()
    await each(this.nodes, async node => {
      const before = this.before.get(node.name)
      if (before === undefined) return
      const isAfter = async () => {
        const reading = await read(node)
        return reading != null && reading.atMs >= endMs ? reading : null
      }
      const after = await until(isAfter, { withinMs, everyMs: 1000 })
      if (after !== null) used.set(node.name, after.usedS - before.usedS)
    })
    return used
  }
}

/** Null: it has no counter of pods; undefined: the node does not answer. */
async function read({ cluster, name }: { cluster: Cluster; name: string }): Promise<NodeCpu | null | undefined> {
  const path = `${pathOf('v1', 'Node', undefined, nodeOn(cluster.handle, name))}/proxy/metrics/cadvisor`
  try {
    return nodeCpuOf(await cluster.call<string>('GET', path))
  } catch {
    return undefined
  }
}
