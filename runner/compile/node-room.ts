/** What an empty node has room for. */
import type { ScenarioCluster } from '../scenario/scenario.ts'

/** Millicores that may be requested of a node, overcommitted ones included. */
export const requestableMilli = ({ cpuMilli, overcommit }: Pick<ScenarioCluster, 'cpuMilli' | 'overcommit'>): number =>
  // 1000 · 1.001 is 1000.9999999999999 in floating point.
  Math.floor(Number((cpuMilli * overcommit).toPrecision(14)))

/** Tasks that devices have room for: each a part of one (below 1000 milli-GPU), or whole ones; Infinity of none. */
export function gpuTasks(devices: number, gpuMilli: number): number {
  if (gpuMilli === 0) return Number.POSITIVE_INFINITY
  return gpuMilli < 1000 ? devices * Math.floor(1000 / gpuMilli) : Math.floor((devices * 1000) / gpuMilli)
}
