/** Sides of a partition: names of clusters, zones or regions. */
import type { Context } from '../context.ts'
import type { FailureView } from '../view.ts'
import { regionOf, zoneOf } from './clusters.ts'

type Side = NonNullable<FailureView['partition']>['from']

export const namesOf = (side: Side): string[] => [side ?? []].flat().filter(name => name !== undefined)

/** Names of the clusters that lie in a place: the cluster of that name, else the zone, else the region. */
export function clustersIn(name: string, { names, view }: Context): string[] {
  if (names.clusters.includes(name)) return [name]
  const placeOf = names.zones.includes(name) ? zoneOf : regionOf
  return (view.fabric?.clusters ?? []).flatMap(cluster =>
    cluster?.name !== undefined && placeOf(cluster) === name ? [cluster.name] : [],
  )
}

/** Clusters of a side, each once. */
export const sideOf = (side: Side, context: Context): string[] => [
  ...new Set(namesOf(side).flatMap(name => clustersIn(name, context))),
]
