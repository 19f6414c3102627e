import type { Calibration } from '../calibration-file.ts'
import type { Context } from '../context.ts'
import type { ScenarioCluster } from '../scenario.ts'
import type { ClusterView } from '../view.ts'
import { layerOf } from './calibration.ts'
import { mergeNodes, nodeOf } from './nodes.ts'
import { layersOf } from './pools.ts'
import { type RateCover, resolveCarbon, resolvePrice, type Window } from './rates.ts'

export interface Clusters {
  /** With their pools merged in; undefined where one is not complete. */
  clusters: (ScenarioCluster | undefined)[]
  /** Times that the files of carbon intensity and prices cover. */
  covers: RateCover[]
}

export function resolveClusters(context: Context, window: Window, calibration: Calibration | null): Clusters {
  const covers: RateCover[] = []
  const clusters = (context.view.fabric?.clusters ?? []).map((view, i) =>
    view === undefined
      ? undefined
      : resolveCluster(view, i, context, calibration, {
          carbon: resolveCarbon(view, i, window, context, covers),
          price: resolvePrice(view, i, window, context, covers),
        }),
  )
  return { clusters, covers }
}

interface Electricity {
  readonly carbon: ScenarioCluster['carbon']
  readonly price: NonNullable<ScenarioCluster['price']> | null
}

function resolveCluster(
  view: ClusterView,
  i: number,
  context: Context,
  calibration: Calibration | null,
  { carbon, price }: Electricity,
): ScenarioCluster | undefined {
  const own = nodeOf(view, ['spec', 'fabric', 'clusters', i], context)
  const layers = view.pool === undefined ? undefined : layersOf(view.pool, context)
  const { name, pool, nodes } = view
  const node =
    layers === undefined
      ? undefined
      : mergeNodes([
          layerOf(calibration?.clusters, name ?? ''),
          own,
          layerOf(calibration?.pools, pool ?? ''),
          ...layers,
        ])
  if (node === undefined || name === undefined || pool === undefined || nodes === undefined) return undefined
  return {
    name,
    pool,
    zone: zoneOf(view) ?? name,
    region: regionOf(view) ?? name,
    nodes,
    nodePrefix: nodePrefixOf(view) ?? name,
    ...node,
    carbon,
    ...(price === null ? {} : { price }),
  }
}

export const zoneOf = ({ zone, name }: ClusterView): string | undefined => zone ?? name
export const regionOf = (view: ClusterView): string | undefined => view.region ?? zoneOf(view)
export const nodePrefixOf = ({ nodePrefix, name }: ClusterView): string | undefined =>
  nodePrefix ?? (name === undefined ? undefined : `${name}-node`)

/** Whether a cluster has a node of that name; unsure counts as yes. */
export function hasNode(view: ClusterView, node: string): boolean {
  const prefix = nodePrefixOf(view)
  if (prefix === undefined || view.nodes === undefined) return true
  if (!node.startsWith(`${prefix}-`)) return false
  const ordinal = Number(node.slice(prefix.length + 1))
  return ordinal >= 1 && ordinal <= view.nodes && node === `${prefix}-${String(ordinal).padStart(2, '0')}`
}
