/** Idle and busy watts of pools, from energy that was measured. */
import type { Model } from '../../../engine/index.ts'
import { powerModels } from '../../../engine/power/index.ts'
import type { NodeFit } from '../../scenario/calibration-file.ts'
import type { Observation } from '../observation.ts'
import { fitLine } from './line.ts'
import { byName } from './nodes.ts'

interface PowerSample {
  pool: string
  linear: boolean
  cores: number
  /** Mean use of the nodes that were up, 0 … 1, and their mean watts (without PUE). */
  use: number
  watts: number
  /** Node-seconds that these are means over. */
  nodeS: number
}

/** Of every cluster of an observation whose joules were measured: one point on its pool's power curve. */
export function powerSamples(model: Model, { clusters, energy, given }: Observation): PowerSample[] {
  if (energy === undefined || given.includes('energy')) return []
  return model.clusters.names.flatMap((_, c) => {
    const group = model.groups.cluster.indexOf(c)
    const cores = model.groups.coreMilli[group] / 1000
    const nodeS = clusters.upCoreS[c] / cores
    const watts = energy.energyJ[c] / model.clusters.pue[c] / nodeS
    if (!Number.isFinite(watts)) return []
    const linear = powerModels[model.groups.powerModel[group]].affine === true
    const use = clusters.busyCoreS[c] / clusters.upCoreS[c]
    return [{ pool: model.clusters.pools[c], linear, cores, use, watts, nodeS }]
  })
}

/** watts = idle + (busy − idle) · use, by pool; at least three points that differ in use. */
export function fitPower(samples: readonly PowerSample[]): { pools: Record<string, NodeFit>; notes: string[] } {
  const pools: Record<string, NodeFit> = {}
  const notes: string[] = []
  for (const [pool, points] of byName(samples, one => one.pool)) {
    if (points.some(({ linear }) => !linear)) {
      notes.push(`pool ${pool}: only linear power models are fitted`)
      continue
    }
    const use = points.map(point => point.use)
    if (points.length < 3 || Math.max(...use) - Math.min(...use) < 0.1) {
      notes.push(
        `pool ${pool}: idle and busy watts cannot be told apart from ${points.length} measurements of like use`,
      )
      continue
    }
    const line = fitLine(
      use,
      points.map(({ watts }) => watts),
      points.map(({ nodeS }) => nodeS),
    )
    const busy = fitLine(
      use.map(value => value - 1),
      points.map(({ watts }) => watts),
      points.map(({ nodeS }) => nodeS),
    ).offset
    pools[pool] = { idleW: notBelow0(line.offset), busyW: notBelow0(busy) }
  }
  return { pools, notes }
}

const notBelow0 = ({ value, low, high, n }: { value: number; low: number; high: number; n: number }) => ({
  value: Math.max(0, value),
  low: Math.max(0, low),
  high,
  n,
})
