/** Which node of a cluster that exists stands for which of the scenario's. */
import type { V1Node } from '@kubernetes/client-node'
import { FabricdtError } from '../errors.ts'
import type { PlannedCluster } from './fabric-plan.ts'
import { isReady } from './nodes.ts'
import { readQuantity } from './read-quantity.ts'
import { gpuResource } from './scaling.ts'

/**
 * Names on the cluster by the scenario's names: the same where the cluster has it, else what is left by name. Only nodes
 * that are ready, take any pod and have what the scenario's, scaled, have. Throws FabricdtError `cluster-failed` that says
 * how many there are and what the others lack.
 */
export function matchNodes(planned: PlannedCluster, nodes: readonly V1Node[]): Record<string, string> {
  const lacks = nodes.map(node => ({ name: node.metadata?.name ?? '', lack: lackOf(node, planned) }))
  const usable = lacks.filter(({ lack }) => lack === null).map(({ name }) => name)
  if (usable.length < planned.nodes.length) {
    const others = lacks.filter(({ lack }) => lack !== null).map(({ name, lack }) => `${name} ${lack}`)
    throw new FabricdtError(
      'cluster-failed',
      `cluster ${planned.name}: ${usable.length} of ${planned.nodes.length} nodes can be used${others.length === 0 ? '' : `; ${others.slice(0, 3).join('; ')}`}`,
      {
        hint: 'Give the cluster fewer nodes (--set spec.fabric.clusters.<name>.nodes=…), or scale it further (spec.scaling).',
      },
    )
  }
  const same = new Set(planned.nodes.filter(name => usable.includes(name)))
  const left = usable.filter(name => !same.has(name)).sort()
  return Object.fromEntries(planned.nodes.map(name => [name, same.has(name) ? name : left.shift()!]))
}

/** Why the node cannot stand for one of the scenario's; null where it can. */
function lackOf(node: V1Node, { scaled, arch }: PlannedCluster): string | null {
  const { spec, status } = node
  if (!isReady(node)) return 'is not ready'
  if (spec?.unschedulable || spec?.taints?.some(({ effect }) => effect !== 'PreferNoSchedule'))
    return 'does not take any pod'
  const has = (resource: string): number => readQuantity(status?.allocatable?.[resource] ?? '0')
  if (has('cpu') * 1000 < scaled.cpuMilli) return `has ${status?.allocatable?.cpu} of CPU, not ${scaled.cpuMilli}m`
  if (has('memory') < scaled.memoryBytes)
    return `has ${status?.allocatable?.memory} of memory, not ${scaled.memoryBytes}`
  if (has(gpuResource) < scaled.gpuMilli) return `has ${has(gpuResource)} ${gpuResource}, not ${scaled.gpuMilli}`
  const real = status?.nodeInfo?.architecture
  return real === arch || node.metadata?.labels?.['kubernetes.io/arch'] === arch ? null : `is ${real}, not ${arch}`
}
