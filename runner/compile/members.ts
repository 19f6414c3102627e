/** Members that fail where nobody is named: nodes, clusters, zones or links. */
import { hashName } from '../../engine/random.ts'
import { lies } from '../scenario/resolve/members.ts'
import type { ScenarioCluster, ScenarioMembers } from '../scenario/scenario.ts'
import type { Effect } from './effects.ts'
import { byName, type Fabric } from './fabric.ts'

/** One that fails as a whole; its name's hash and its ordinal are part of the random counter of what is drawn for it. */
export interface Member {
  readonly hash: number
  readonly ordinal: number
  readonly resiliency: number
  readonly nodes: readonly number[]
  readonly pairs: readonly number[]
}

/** Wholes lie beside the nodes of a cluster: ordinals from the far end. */
const ordinals = { cluster: 0xffffffff, zone: 0xfffffffe } as const

/** In the order of the model: by name, links by their first and then their second. */
export function membersOf(
  { of, within }: ScenarioMembers,
  declared: readonly ScenarioCluster[],
  fabric: Fabric,
): Member[] {
  const clusters = [...declared].sort(byName)
  const isInside = (c: number) => lies(clusters[c], within)
  const inside = [...clusters.keys()].filter(isInside)
  if (of === 'nodes') return inside.flatMap(c => nodesOf(c, clusters, fabric))
  if (of === 'clusters') return inside.map(c => clusterMember(c, clusters, fabric))
  if (of === 'zones') return zonesOf(inside, clusters, fabric)
  return linksOf(clusters).filter(({ ends }) => ends.some(isInside))
}

/** Members with less resiliency r weigh (1 − r) / mean(1 − r): the mean rate over the members stays as declared. */
export function weights(members: readonly Member[], { weightedBy }: Pick<ScenarioMembers, 'weightedBy'>): number[] {
  if (weightedBy === null) return members.map(() => 1)
  const mean = members.reduce((sum, member) => sum + (1 - member.resiliency), 0) / members.length
  return members.map(member => (mean === 0 ? 0 : (1 - member.resiliency) / mean))
}

/** A member goes dark, or slow; a link is cut. */
export function effectOf(member: Member, slow: number | null): Partial<Effect> & Pick<Effect, 'kind'> {
  if (member.pairs.length > 0) return { kind: 'cut', pairs: member.pairs }
  return slow === null ? { kind: 'blackout', nodes: member.nodes } : { kind: 'slow', nodes: member.nodes, factor: slow }
}

const nodeRange = (c: number, fabric: Fabric): number[] => {
  const { nodeStart } = fabric.clusters
  return Array.from({ length: nodeStart[c + 1] - nodeStart[c] }, (_, i) => nodeStart[c] + i)
}

const nodesOf = (c: number, clusters: readonly ScenarioCluster[], fabric: Fabric): Member[] =>
  nodeRange(c, fabric).map((node, ordinal) => ({
    hash: fabric.clusters.hash[c],
    ordinal,
    resiliency: clusters[c].resiliency,
    nodes: [node],
    pairs: [],
  }))

const clusterMember = (c: number, clusters: readonly ScenarioCluster[], fabric: Fabric): Member => ({
  hash: fabric.clusters.hash[c],
  ordinal: ordinals.cluster,
  resiliency: clusters[c].resiliency,
  nodes: nodeRange(c, fabric),
  pairs: [],
})

/** A zone goes by the hash of its first cluster. */
function zonesOf(inside: readonly number[], clusters: readonly ScenarioCluster[], fabric: Fabric): Member[] {
  const zones = [...new Set(inside.map(c => clusters[c].zone))].sort()
  return zones.map(zone => {
    const own = inside.filter(c => clusters[c].zone === zone)
    const nodes = own.flatMap(c => nodeRange(c, fabric))
    const resiliency = own.reduce((sum, c) => sum + clusters[c].resiliency * clusters[c].nodes, 0) / nodes.length
    return { hash: fabric.clusters.hash[own[0]], ordinal: ordinals.zone, resiliency, nodes, pairs: [] }
  })
}

/** Every two different clusters; a link is cut both ways. */
function linksOf(clusters: readonly ScenarioCluster[]): (Member & { ends: readonly number[] })[] {
  const count = clusters.length
  return clusters.flatMap((one, a) =>
    clusters.slice(a + 1).map((other, i) => {
      const b = a + 1 + i
      return {
        hash: hashName(one.name),
        // Names hash without collisions, so pairs of hashes are as many as links.
        ordinal: hashName(other.name),
        resiliency: (one.resiliency + other.resiliency) / 2,
        nodes: [],
        pairs: [a * count + b, b * count + a],
        ends: [a, b],
      }
    }),
  )
}
