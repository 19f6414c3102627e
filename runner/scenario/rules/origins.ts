import { hasNode } from '../resolve/clusters.ts'
import { suggest } from '../suggest.ts'
import type { Rule } from './rule.ts'

/** Users sit at clusters, and at a node, that exist; somebody submits. */
export const origins: Rule = context => {
  const { view, problems, names } = context
  for (const [i, workload] of (view.workloads ?? []).entries()) {
    const origin = workload?.origin
    if (origin === undefined) continue
    const path = ['spec', 'workloads', i, 'origin']
    const check = (name: string, place: (string | number)[], key: boolean) => {
      if (!names.clusters.includes(name))
        problems.add('unknown-reference', place, `there is no cluster “${name}”`, {
          key,
          hint: suggest(name, names.clusters, 'Declare it under spec.fabric.clusters.'),
        })
    }
    if (origin.cluster !== undefined) check(origin.cluster, [...path, 'cluster'], false)
    for (const name of Object.keys(origin.weights ?? {})) check(name, [...path, 'weights', name], true)
    const weights = Object.values(origin.weights ?? {})
    if (weights.length > 0 && weights.every(weight => weight === 0))
      problems.add('out-of-range', [...path, 'weights'], 'all weights are 0', {
        key: true,
        hint: 'Give at least one cluster a weight above 0.',
      })
    if (origin.node === undefined) continue
    if (origin.weights !== undefined)
      problems.add('not-allowed', [...path, 'node'], '“node” needs “cluster”, not “weights”', {
        key: true,
        hint: 'Name the cluster of the node: `{cluster: …, node: …}`.',
      })
    const cluster = (view.fabric?.clusters ?? []).find(candidate => candidate?.name === origin.cluster)
    if (origin.cluster !== undefined && cluster !== undefined && !hasNode(cluster, origin.node))
      problems.add(
        'unknown-reference',
        [...path, 'node'],
        `the cluster “${origin.cluster}” has no node “${origin.node}”`,
        {
          hint: `Its nodes are called ${cluster.nodePrefix ?? `${cluster.name}-node`}-01 to -${String(cluster.nodes).padStart(2, '0')}.`,
        },
      )
  }
}
