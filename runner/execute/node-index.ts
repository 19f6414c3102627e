import { type Model, nodeName } from '../../engine/index.ts'

/** Nodes of one cluster by the scenario's names. */
export function nodeIndex(model: Model, cluster: number): Map<string, number> {
  const { nodeStart } = model.clusters
  const count = nodeStart[cluster + 1] - nodeStart[cluster]
  return new Map(
    Array.from({ length: count }, (_, i) => [nodeName(model, nodeStart[cluster] + i), nodeStart[cluster] + i]),
  )
}
