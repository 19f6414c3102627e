/** Which node of the scenario a series of Prometheus is about, by the labels that exporters and their operators put there. */

export interface KnownNode {
  readonly cluster: string
  /** As the scenario calls it. */
  readonly node: string
  /** Names and addresses that it has on its cluster. */
  readonly names: readonly string[]
}

/** Most telling first: `instance` is what was scraped, which may be another address. */
const nodeLabels = [
  ...['node_name', 'kubernetes_node_name', 'kubernetes_node', 'node', 'nodename', 'exported_node'],
  ...['exported_instance', 'instance', 'hostname', 'host'],
]

const clusterLabels = ['cluster', 'cluster_name', 'k8s_cluster', 'exported_cluster']

export class NodeFinder {
  private readonly byName = new Map<string, KnownNode[]>()
  private readonly clusters: ReadonlySet<string>

  constructor(nodes: readonly KnownNode[]) {
    this.clusters = new Set(nodes.map(({ cluster }) => cluster))
    for (const node of nodes)
      for (const name of new Set(node.names)) this.byName.set(name, [...(this.byName.get(name) ?? []), node])
  }

  /** `within`: the only cluster whose series these can be, where there is one. Undefined: of none, or it cannot be told of which. */
  find(labels: Readonly<Record<string, string>>, within: string | null): KnownNode | undefined {
    const said = clusterLabels
      .map(label => labels[label])
      .find(value => value !== undefined && this.clusters.has(value))
    const cluster = within ?? said
    for (const label of nodeLabels) {
      const candidates = this.candidates(labels[label] ?? '').filter(
        node => cluster === undefined || node.cluster === cluster,
      )
      if (candidates.length === 1) return candidates[0]
    }
    return undefined
  }

  /** An instance is mostly an address with a port. */
  private candidates(value: string): readonly KnownNode[] {
    return this.byName.get(value) ?? this.byName.get(value.replace(/:\d+$/, '')) ?? []
  }
}
