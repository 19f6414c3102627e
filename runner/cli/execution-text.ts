/** What `--mode execute --dry-run` says: the clusters that it needs and what it would run on them. */
import { readFabric } from '../clusters/state.ts'
import { planExecution, replication } from '../execute/execute-sweep.ts'
import { foretold } from '../execute/foretold.ts'
import type { LoadedSweep } from '../scenario/load-points.ts'

/** Nothing is touched: how long it takes and how many Jobs it makes is what the engine predicts. */
export function executionText(sweep: LoadedSweep): string {
  const { derived, compiled, plan } = planExecution(sweep)
  const nodes = plan.clusters.reduce((sum, cluster) => sum + cluster.nodes.length, 0)
  const isUp = readFabric(plan.name) !== null
  const fabric = isUp ? 'are up and stay' : 'would be made, and taken away at the end'
  const lines = derived.scenario.policies.map(
    policy =>
      `  ${policy.label}: ${foretold(compiled.model, policy, replication)}, in a namespace of its own on each cluster`,
  )
  return `${[
    `${plan.name}: ${plan.clusters.length} clusters with ${nodes} nodes ${fabric}`,
    ...derived.sentences.map(sentence => `  ${sentence}`),
    ...lines,
  ].join('\n')}\n`
}
