/**
 * Cores in use and nodes up, integrated exactly: each change closes a piece. Power of the linear model is affine in
 * both, so per group two integrals give its joules: idle watts × up time + failed watts × down time + (busy − idle)
 * watts per core × core time.
 */
import type { Model } from './model.ts'

/** Integrals from time 0 per cluster. */
export interface ClusterIntegrals {
  busyCoreS: Float64Array
  upNodeS: Float64Array
  upCoreS: Float64Array
  /** Facility joules (PUE included), and the part drawn for being up. */
  energyJ: Float64Array
  idleEnergyJ: Float64Array
}

export class Energy {
  private readonly model: Model
  /** Millicores in use and nodes up, their integrals, and since when they are what they are. */
  private readonly use: Float64Array
  private readonly useIntegral: Float64Array
  private readonly useSince: Float64Array
  private readonly up: Float64Array
  private readonly upIntegral: Float64Array
  private readonly upSince: Float64Array

  constructor(model: Model) {
    this.model = model
    const { count, nodeStart } = model.groups
    this.use = new Float64Array(count)
    this.useIntegral = new Float64Array(count)
    this.useSince = new Float64Array(count)
    this.up = Float64Array.from({ length: count }, (_, g) => nodeStart[g + 1] - nodeStart[g])
    this.upIntegral = new Float64Array(count)
    this.upSince = new Float64Array(count)
  }

  /** `milli` more (negative: fewer) millicores of the group are in use from now on. */
  changeUse(group: number, milli: number, now: number): void {
    this.useIntegral[group] += this.use[group] * (now - this.useSince[group])
    this.useSince[group] = now
    this.use[group] += milli
  }

  changeUp(group: number, nodes: number, now: number): void {
    this.upIntegral[group] += this.up[group] * (now - this.upSince[group])
    this.upSince[group] = now
    this.up[group] += nodes
  }

  /** Integrals from time 0 to `now`, which lies at or after the last change. */
  integrals(now: number): ClusterIntegrals {
    const { clusters, groups } = this.model
    const column = () => new Float64Array(clusters.count)
    const sums = { busyCoreS: column(), upNodeS: column(), upCoreS: column(), energyJ: column(), idleEnergyJ: column() }
    for (let g = 0; g < groups.count; g++) {
      const cluster = groups.cluster[g]
      const cores = groups.cpuMilli[g] / 1000
      const busyCoreS = (this.useIntegral[g] + this.use[g] * (now - this.useSince[g])) / 1000
      const upNodeS = this.upIntegral[g] + this.up[g] * (now - this.upSince[g])
      const downNodeS = (groups.nodeStart[g + 1] - groups.nodeStart[g]) * now - upNodeS
      const idleJ = groups.idleW[g] * upNodeS
      const dynamicJ = cores > 0 ? ((groups.busyW[g] - groups.idleW[g]) / cores) * busyCoreS : 0
      sums.busyCoreS[cluster] += busyCoreS
      sums.upNodeS[cluster] += upNodeS
      sums.upCoreS[cluster] += upNodeS * cores
      sums.idleEnergyJ[cluster] += idleJ * clusters.pue[cluster]
      sums.energyJ[cluster] += (idleJ + groups.failedW[g] * downNodeS + dynamicJ) * clusters.pue[cluster]
    }
    return sums
  }
}
