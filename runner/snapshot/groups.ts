/** Nodes that are alike, as clusters of a scenario: there a cluster has one kind of node. */
import type { V1Pod } from '@kubernetes/client-node'
import { podRequest, usesNode } from '../live/pod-request.ts'
import { byName } from '../verify/calibrate/nodes.ts'
import type { Labels } from './names.ts'
import { type NodeFacts, nodeFacts } from './node-facts.ts'
import { isOfNode } from './owners.ts'
import type { ClusterObjects } from './read-cluster.ts'

export interface NodeGroup {
  /** The scenario's name of it. */
  readonly name: string
  readonly context: string
  /** Names of its nodes, sorted. */
  readonly nodes: readonly string[]
  /** Of the first node; CPU and memory are the least of all of them, less what is reserved. */
  readonly facts: NodeFacts
  /** What DaemonSets and static pods ask of the node on which they ask most. */
  readonly reserved: { readonly cpuMilli: number; readonly memoryBytes: number }
}

export interface Grouped {
  readonly groups: readonly NodeGroup[]
  /** Sentences about nodes that have no place in the scenario. */
  readonly notes: readonly string[]
}

/** Machines of one kind differ by some pages of memory: this part is no difference. */
const alike = 0.01

/** Groups the nodes of one cluster by what they have, where they are and what they are labelled and tainted with. */
export function groupNodes(cluster: ClusterObjects, names: Labels): Grouped {
  const facts: NodeFacts[] = []
  const notes: string[] = []
  for (const node of cluster.nodes) {
    const found = nodeFacts(node)
    if (typeof found === 'string') notes.push(`node ${node.metadata?.name} of ${cluster.context} is left out: ${found}`)
    else facts.push(found)
  }
  const sets = byName(facts, kindOf)
    .flatMap(([, nodes]) => splitByMemory(nodes))
    .sort((a, b) => (a[0].name < b[0].name ? -1 : 1))
  const reserved = reservedByNode(cluster.pods)
  const groups = sets.map((set, i) => groupOf(cluster, set, names.take(nameOf(cluster.name, i, sets)), reserved))
  return { groups, notes: notes.sort() }
}

/** One kind: the cluster's name. Several: their pool or their number behind it. */
function nameOf(cluster: string, index: number, sets: readonly NodeFacts[][]): string {
  if (sets.length === 1) return cluster
  const pools = sets.map(poolOf)
  const own = pools[index]
  return `${cluster}-${own !== null && pools.filter(pool => pool === own).length === 1 ? own : index + 1}`
}

/** Labels by which providers and people tell kinds of nodes. */
const poolLabels = [
  'fabricdt.io/pool',
  'cloud.google.com/gke-nodepool',
  'eks.amazonaws.com/nodegroup',
  'kubernetes.azure.com/agentpool',
  'karpenter.sh/nodepool',
  'node.kubernetes.io/instance-type',
]

function poolOf([{ labels }]: readonly NodeFacts[]): string | null {
  const label = poolLabels.map(key => labels.find(text => text.startsWith(`${key}=`))).find(text => text !== undefined)
  return label === undefined ? null : label.slice(label.indexOf('=') + 1)
}

const kindOf = ({ cpuMilli, gpus, arch, zone, region, labels, taints }: NodeFacts): string =>
  JSON.stringify([cpuMilli, gpus, arch, zone, region, labels, taints])

/** Sets whose memory differs by little, each in order of name. */
function splitByMemory(nodes: readonly NodeFacts[]): NodeFacts[][] {
  const sets: NodeFacts[][] = []
  for (const node of [...nodes].sort((a, b) => b.memoryBytes - a.memoryBytes)) {
    const set = sets.at(-1)
    if (set !== undefined && node.memoryBytes >= set[0].memoryBytes * (1 - alike)) set.push(node)
    else sets.push([node])
  }
  return sets.map(set => set.sort((a, b) => (a.name < b.name ? -1 : 1)))
}

function groupOf(
  { context }: ClusterObjects,
  set: readonly NodeFacts[],
  name: string,
  reservedOf: ReadonlyMap<string, { cpuMilli: number; memoryBytes: number }>,
): NodeGroup {
  const most = (of: 'cpuMilli' | 'memoryBytes') => Math.max(...set.map(node => reservedOf.get(node.name)?.[of] ?? 0))
  const reserved = { cpuMilli: most('cpuMilli'), memoryBytes: most('memoryBytes') }
  const least = Math.min(...set.map(node => node.memoryBytes))
  const facts = {
    ...set[0],
    cpuMilli: Math.max(1, set[0].cpuMilli - reserved.cpuMilli),
    memoryBytes: Math.max(1, least - reserved.memoryBytes),
  }
  return { name, context, nodes: set.map(node => node.name), facts, reserved }
}

function reservedByNode(pods: readonly V1Pod[]): Map<string, { cpuMilli: number; memoryBytes: number }> {
  const sums = new Map<string, { cpuMilli: number; memoryBytes: number }>()
  for (const pod of pods) {
    const node = pod.spec?.nodeName
    if (node === undefined || !isOfNode(pod) || !usesNode(pod)) continue
    const { cpuMilli, memoryBytes } = podRequest(pod)
    const sum = sums.get(node) ?? { cpuMilli: 0, memoryBytes: 0 }
    sums.set(node, { cpuMilli: sum.cpuMilli + cpuMilli, memoryBytes: sum.memoryBytes + memoryBytes })
  }
  return sums
}
