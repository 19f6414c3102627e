/**
 * Power, cores in use and nodes up, integrated exactly: each change closes a piece. Where a group's power is affine in
 * its cores in use, two integrals of the group give its joules; where it is not, each node's pieces are added up.
 */
import type { Clock } from './clock.ts'
import type { Model } from './model.ts'
import { powerModels } from './power/index.ts'
import { RatedEnergy } from './rated-energy.ts'
import { gramsOf, pricesOf } from './rates.ts'

/** Integrals from time 0 per cluster. */
export interface ClusterIntegrals {
  busyCoreS: Float64Array
  upNodeS: Float64Array
  upCoreS: Float64Array
  /** Of nodes that are going off, off or booting. */
  switchedCoreS: Float64Array
  /** Facility joules (PUE included), and the part drawn for being up. */
  energyJ: Float64Array
  idleEnergyJ: Float64Array
  /** Grams of CO2e; NaN where nothing is known of the intensity. */
  emissionsG: Float64Array
  /** Money; NaN where no price is known. */
  cost: Float64Array
}

export class Energy {
  /** Time of the next change of a carbon intensity or a price. */
  nextStepS = Number.POSITIVE_INFINITY
  private readonly model: Model
  private readonly clock: Clock
  /** Millicores in use and nodes up, their integrals, and since when they are what they are, per group. */
  private readonly use: Float64Array
  private readonly useIntegral: Float64Array
  private readonly useSince: Float64Array
  private readonly up: Float64Array
  private readonly upIntegral: Float64Array
  private readonly upSince: Float64Array
  /** Nodes that are going off, off and booting, their integrals, and since when, per group. */
  private readonly switched: Float64Array
  private readonly switchedIntegral: Float64Array
  private readonly switchedSince: Float64Array
  /** Watts of an idle node of each group. */
  private readonly idleW: Float64Array
  /** Groups whose nodes are followed one by one; joules above idle of theirs that are closed. */
  private readonly detailed: Uint8Array
  private readonly closedJ: Float64Array
  /** Of such nodes: millicores in use, watts above idle, and since when. */
  private readonly nodeUse: Float64Array
  private readonly nodeW: Float64Array
  private readonly nodeSince: Float64Array
  private readonly grams: RatedEnergy
  private readonly costs: RatedEnergy

  constructor(model: Model, clock: Clock) {
    this.model = model
    this.clock = clock
    const { groups } = model
    const { count, nodeStart } = groups
    this.use = new Float64Array(count)
    this.useIntegral = new Float64Array(count)
    this.useSince = new Float64Array(count)
    this.up = Float64Array.from({ length: count }, (_, g) => nodeStart[g + 1] - nodeStart[g])
    this.upIntegral = new Float64Array(count)
    this.upSince = new Float64Array(count)
    this.switched = new Float64Array(3 * count)
    this.switchedIntegral = new Float64Array(3 * count)
    this.switchedSince = new Float64Array(3 * count)
    this.idleW = Float64Array.from({ length: count }, (_, g) => this.watts(g, 0))
    this.detailed = Uint8Array.from({ length: count }, (_, g) => (powerModels[groups.powerModel[g]].affine ? 0 : 1))
    this.closedJ = new Float64Array(count)
    const followed = this.detailed.includes(1) ? nodeStart[count] : 0
    this.nodeUse = new Float64Array(followed)
    this.nodeW = new Float64Array(followed)
    this.nodeSince = new Float64Array(followed)
    this.grams = new RatedEnergy(gramsOf(model))
    this.costs = new RatedEnergy(pricesOf(model))
    this.findNextStep()
  }

  /** `milli` more (negative: fewer) millicores of the node are in use from now on. */
  changeUse(node: number, group: number, milli: number): void {
    const { now } = this.clock
    this.useIntegral[group] += this.use[group] * (now - this.useSince[group])
    this.useSince[group] = now
    this.use[group] += milli
    if (this.detailed[group] === 1) this.changeNode(node, group, milli)
  }

  changeUp(group: number, nodes: number): void {
    const { now } = this.clock
    this.upIntegral[group] += this.up[group] * (now - this.upSince[group])
    this.upSince[group] = now
    this.up[group] += nodes
  }

  /** So many more nodes of the group are in a power state other than on. */
  changeSwitched(group: number, state: number, nodes: number): void {
    const { now } = this.clock
    const at = 3 * group + state - 1
    this.switchedIntegral[at] += this.switched[at] * (now - this.switchedSince[at])
    this.switchedSince[at] = now
    this.switched[at] += nodes
  }

  /** Passes the next change of an intensity or price: what was drawn until then counts with the old one. */
  passStep(): void {
    const { energyJ } = this.integrals(this.nextStepS)
    for (const rated of [this.grams, this.costs]) if (rated.nextS === this.nextStepS) rated.pass(energyJ)
    this.findNextStep()
  }

  /** Millicores in use, of nodes that are up, of those that are switched off, and of all, now: of a cluster, or of the fabric (−1). */
  levels(cluster: number): { useMilli: number; upMilli: number; switchedMilli: number; allMilli: number } {
    const { groups } = this.model
    const levels = { useMilli: 0, upMilli: 0, switchedMilli: 0, allMilli: 0 }
    for (let g = 0; g < groups.count; g++) {
      if (cluster >= 0 && groups.cluster[g] !== cluster) continue
      levels.useMilli += this.use[g]
      levels.upMilli += this.up[g] * groups.coreMilli[g]
      for (let at = 3 * g; at < 3 * g + 3; at++) levels.switchedMilli += this.switched[at] * groups.coreMilli[g]
      levels.allMilli += (groups.nodeStart[g + 1] - groups.nodeStart[g]) * groups.coreMilli[g]
    }
    return levels
  }

  /** gCO2e/kWh in force at a cluster now; NaN where nothing is known. */
  intensity(cluster: number): number {
    return this.grams.inForce(cluster)
  }

  /** Core-seconds from time 0 to `now` of all nodes together, which lies at or after the last change. */
  coreIntegrals(now: number): { busyCoreS: number; upCoreS: number } {
    const { groups } = this.model
    const sums = { busyCoreS: 0, upCoreS: 0 }
    for (let g = 0; g < groups.count; g++) {
      sums.busyCoreS += (this.useIntegral[g] + this.use[g] * (now - this.useSince[g])) / 1000
      sums.upCoreS += ((this.upIntegral[g] + this.up[g] * (now - this.upSince[g])) * groups.coreMilli[g]) / 1000
    }
    return sums
  }

  /** Integrals from time 0 to `now`, which lies at or after the last change. */
  integrals(now: number): ClusterIntegrals {
    const { clusters, groups } = this.model
    const column = () => new Float64Array(clusters.count)
    const sums = {
      busyCoreS: column(),
      upNodeS: column(),
      upCoreS: column(),
      switchedCoreS: column(),
      energyJ: column(),
      idleEnergyJ: column(),
      emissionsG: column(),
      cost: column(),
    }
    for (let g = 0; g < groups.count; g++) {
      const cluster = groups.cluster[g]
      const cores = groups.coreMilli[g] / 1000
      const busyCoreS = (this.useIntegral[g] + this.use[g] * (now - this.useSince[g])) / 1000
      const upNodeS = this.upIntegral[g] + this.up[g] * (now - this.upSince[g])
      const [stoppingS, offS, bootingS] = [0, 1, 2].map(state => this.switchedNodeS(3 * g + state, now))
      const switchedS = stoppingS + offS + bootingS
      const downNodeS = (groups.nodeStart[g + 1] - groups.nodeStart[g]) * now - upNodeS - switchedS
      const switchedJ = groups.shutdownW[g] * stoppingS + groups.offW[g] * offS + groups.bootW[g] * bootingS
      const idleJ = this.idleW[g] * upNodeS
      sums.busyCoreS[cluster] += busyCoreS
      sums.upNodeS[cluster] += upNodeS
      sums.upCoreS[cluster] += upNodeS * cores
      sums.switchedCoreS[cluster] += switchedS * cores
      sums.idleEnergyJ[cluster] += idleJ * clusters.pue[cluster]
      sums.energyJ[cluster] +=
        (idleJ + groups.failedW[g] * downNodeS + switchedJ + this.dynamicJ(g, busyCoreS, now)) * clusters.pue[cluster]
    }
    for (let c = 0; c < clusters.count; c++) {
      sums.emissionsG[c] = this.grams.of(c, sums.energyJ[c])
      sums.cost[c] = this.costs.of(c, sums.energyJ[c])
    }
    return sums
  }

  /** Node-seconds in a power state other than on. */
  private switchedNodeS(at: number, now: number): number {
    return this.switchedIntegral[at] + this.switched[at] * (now - this.switchedSince[at])
  }

  /** Joules above idle of a group. */
  private dynamicJ(g: number, busyCoreS: number, now: number): number {
    const { groups } = this.model
    if (this.detailed[g] === 0) {
      const cores = groups.coreMilli[g] / 1000
      return cores > 0 ? ((groups.busyW[g] - groups.idleW[g]) / cores) * busyCoreS : 0
    }
    let joules = this.closedJ[g]
    for (let node = groups.nodeStart[g]; node < groups.nodeStart[g + 1]; node++)
      joules += this.nodeW[node] * (now - this.nodeSince[node])
    return joules
  }

  private changeNode(node: number, group: number, milli: number): void {
    const { now } = this.clock
    this.closedJ[group] += this.nodeW[node] * (now - this.nodeSince[node])
    this.nodeSince[node] = now
    this.nodeUse[node] += milli
    this.nodeW[node] = this.watts(group, this.nodeUse[node] / this.model.groups.coreMilli[group]) - this.idleW[group]
  }

  private watts(group: number, u: number): number {
    const { powerModel, idleW, busyW, powerTable, powerTableStart } = this.model.groups
    const table = powerTable.subarray(powerTableStart[group], powerTableStart[group + 1])
    return powerModels[powerModel[group]].watts(u, idleW[group], busyW[group], table)
  }

  private findNextStep(): void {
    this.nextStepS = Math.min(this.grams.nextS, this.costs.nextS)
  }
}
