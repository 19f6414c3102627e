/** What a node says of itself that the scenario language can say too. */
import type { V1Node } from '@kubernetes/client-node'
import { architectures } from '../../engine/architectures.ts'
import { isReady } from '../clusters/nodes.ts'
import { readQuantity } from '../clusters/read-quantity.ts'
import { gpuResource } from '../clusters/scaling.ts'
import { wholeGpus } from '../live/pod-request.ts'

export interface NodeFacts {
  readonly name: string
  readonly cpuMilli: number
  readonly memoryBytes: number
  /** Whole ones. */
  readonly gpus: number
  readonly arch: string
  readonly zone: string | null
  readonly region: string | null
  /** Those that nodes of one kind have in common, as `key=value`, sorted. */
  readonly labels: readonly string[]
  /** Those that somebody put there, as `key=value:effect`, sorted. */
  readonly taints: readonly string[]
}

const told = [
  ...['topology.kubernetes.io/zone', 'topology.kubernetes.io/region', 'kubernetes.io/arch', 'kubernetes.io/hostname'],
  // As they were called before.
  ...['failure-domain.beta.kubernetes.io/zone', 'failure-domain.beta.kubernetes.io/region'],
  ...['beta.kubernetes.io/arch', 'beta.kubernetes.io/os', 'beta.kubernetes.io/instance-type'],
]

/** Facts of a node that takes work, or why it has no place in a scenario. */
export function nodeFacts(node: V1Node): NodeFacts | string {
  const { spec, status, metadata } = node
  const { labels = {} } = metadata ?? {}
  const arch = labels['kubernetes.io/arch'] ?? status?.nodeInfo?.architecture ?? ''
  const has = (resource: string): number => readQuantity(status?.allocatable?.[resource] ?? '0') || 0
  const gpuMilli = has(gpuResource) + wholeGpus.reduce((sum, resource) => sum + has(resource) * 1000, 0)
  const facts = {
    name: metadata?.name ?? '',
    cpuMilli: Math.floor(Number((has('cpu') * 1000).toPrecision(12))),
    memoryBytes: Math.floor(has('memory')),
    gpus: Math.floor(gpuMilli / 1000),
    arch,
    zone: labels['topology.kubernetes.io/zone'] ?? null,
    region: labels['topology.kubernetes.io/region'] ?? null,
    labels: labelsOf(metadata?.name ?? '', labels),
    taints: taintsOf(node),
  }
  if (spec?.unschedulable) return 'cordoned'
  if (!isReady(node)) return 'not ready'
  if (!architectures.includes(arch as 'amd64')) return `architecture ${arch || 'not told'}, which scenarios cannot have`
  return facts.cpuMilli > 0 && facts.memoryBytes > 0 ? facts : 'no CPU or memory to allocate'
}

/** Without what is said otherwise, and what is of the one node. */
const labelsOf = (name: string, labels: Readonly<Record<string, string>>): string[] =>
  Object.entries(labels)
    .filter(([key, value]) => !told.includes(key) && !value.includes(name))
    .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
    .sort()

const taintsOf = ({ spec }: V1Node): string[] =>
  (spec?.taints ?? []).map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`).sort()
