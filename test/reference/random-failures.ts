/** Random failures of nodes, clusters and zones: at a time, overlapping, for good; and such as come at random. */
import type { ClusterSpec, DistributionSpec, FailureSpec, RandomFailureSpec } from './model-spec.ts'
import { type Style, time } from './random-style.ts'

export const nodesOf = (cluster: ClusterSpec) => cluster.groups.reduce((sum, group) => sum + group.nodes, 0)
const allOf = ({ name }: ClusterSpec) => ({ cluster: name, node: '*' as const })

export function randomFailure(style: Style, clusters: readonly ClusterSpec[]): FailureSpec {
  const { g } = style
  const cluster = g.pick(clusters)
  const node = () => ({ cluster: cluster.name, node: g.whole(0, nodesOf(cluster) - 1) })
  const inZone = clusters.filter(({ zone }) => zone === cluster.zone)
  return {
    atS: g.pick([10, 20, 30, ...Array.from({ length: 6 }, () => time(style, 0, 50))]),
    forS: g.pick([0, time(style, 0, 10), time(style, 0, 30), 5, 20, Infinity]),
    victims: g.pick([() => [node()], () => [node(), node()], () => [allOf(cluster)], () => inZone.map(allOf)])(),
  }
}

/** Members are the nodes of a cluster, clusters, or zones; some never fail. */
export function randomSchedule(style: Style, clusters: readonly ClusterSpec[]): RandomFailureSpec {
  const { g } = style
  const cluster = g.pick(clusters)
  const zones = [...new Set(clusters.map(({ zone }) => zone!))].sort()
  const members = g.pick([
    () =>
      Array.from({ length: nodesOf(cluster) }, (_, node) => ({
        name: cluster.name,
        ordinal: node,
        victims: [{ cluster: cluster.name, node }],
      })),
    () => clusters.map(each => ({ name: each.name, ordinal: 0, victims: [allOf(each)] })),
    () =>
      zones.map(zone => ({ name: zone, ordinal: 0, victims: clusters.filter(each => each.zone === zone).map(allOf) })),
  ])()
  const weigh = g.chance(0.4)
  return {
    up: g.chance(0.2) ? { kind: 'constant', a: 10 } : randomTime(style, 5, 60),
    down: randomTime(style, 0, 15),
    members: members.map(member => (weigh ? { ...member, weight: g.pick([0, 0.5, 1, 2]) } : member)),
  }
}

export function randomTime(style: Style, least: number, most: number): DistributionSpec {
  const middle = (least + most) / 2
  return style.g.pick([
    { kind: 'constant', a: Math.max(least, time(style, 5 * Math.ceil(least / 5), most)) },
    { kind: 'exponential', a: middle },
    { kind: 'uniform', a: least, b: most },
    { kind: 'weibull', a: middle, b: 0.7 },
  ])
}
