/** Which of many stages goes to which node, all at once: a flow from stages to nodes, of one stage a node, at the least cost. */
import { MinCostFlow } from '../../algorithms/min-cost-flow.ts'

/** Stages that may go to the same nodes at the same costs. */
export interface Batch {
  readonly stages: readonly number[]
  /** Best first. */
  readonly nodes: readonly number[]
  readonly costs: readonly number[]
}

export interface Assignment {
  readonly stage: number
  readonly node: number
}

/**
 * As many stages as can get a node each, at the least sum of costs. Stages of a batch are taken in order, its nodes in
 * order too. Time: stages · edges · log vertices, edges being Σ nodes over the batches.
 */
export function assign(batches: readonly Batch[]): Assignment[] {
  const nodes = [...new Set(batches.flatMap(batch => batch.nodes))].sort((a, b) => a - b)
  const vertexOf = new Map(nodes.map((node, i) => [node, 1 + batches.length + i]))
  const sink = 1 + batches.length + nodes.length
  const flow = new MinCostFlow(sink + 1)
  for (const [i, batch] of batches.entries()) flow.addEdge(0, 1 + i, batch.stages.length, 0)
  const edges = batches.map((batch, i) =>
    batch.nodes.map((node, j) => flow.addEdge(1 + i, vertexOf.get(node) ?? sink, 1, batch.costs[j])),
  )
  for (const node of nodes) flow.addEdge(vertexOf.get(node) ?? 0, sink, 1, 0)
  flow.solve()
  return batches.flatMap(({ nodes: offered, stages }, i) => {
    const taken = offered.filter((_, j) => flow.flowOn(edges[i][j]) === 1)
    return taken.map((node, j) => ({ stage: stages[j], node }))
  })
}
