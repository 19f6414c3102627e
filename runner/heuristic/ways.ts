/** Mean times that messages take between where users and stages are, over links that nobody else uses. */
import type { Model } from '../../engine/index.ts'
import type { Kind } from './spread.ts'

export class Ways {
  private readonly model: Model
  /** By stage, the share of it on each cluster. */
  private readonly onCluster = new Map<number, Float64Array>()

  constructor(model: Model, kinds: ReadonlyMap<number, readonly Kind[]>) {
    this.model = model
    for (const [stage, of] of kinds) {
      const shares = new Float64Array(model.clusters.count)
      for (const kind of of)
        for (const { group, share } of kind.groups) shares[model.groups.cluster[group]] += kind.share * share
      this.onCluster.set(stage, shares)
    }
  }

  /** Seconds until the request and all data of a stage have arrived. */
  into(workload: number, stage: number): number {
    const { stages } = this.model
    const here = this.onCluster.get(stage)!
    const before = [...stages.predecessors.subarray(stages.predecessorStart[stage], stages.predecessorStart[stage + 1])]
    const input = stages.inputBytes[stage]
    const origin = this.origins(workload)
    if (before.length === 0) return this.mean(origin, here, input)
    const data = before.map(p => {
      const bytes = input > 0 ? input / before.length : stages.outputBytes[p]
      return bytes === 0 ? 0 : this.mean(this.onCluster.get(p)!, here, bytes)
    })
    return Math.max(this.mean(origin, here, 0), ...data)
  }

  /** Seconds that the answer of a stage takes to the origin. */
  back(workload: number, stage: number): number {
    return this.mean(this.onCluster.get(stage)!, this.origins(workload), this.model.stages.outputBytes[stage])
  }

  private origins(workload: number): Float64Array {
    const { originStart, originCluster, originCumulative } = this.model.workloads
    const shares = new Float64Array(this.model.clusters.count)
    let before = 0
    for (let i = originStart[workload]; i < originStart[workload + 1]; i++) {
      shares[originCluster[i]] += originCumulative[i] - before
      before = originCumulative[i]
    }
    return shares
  }

  private mean(from: Float64Array, to: Float64Array, bytes: number): number {
    const { clusters, latencyS, bandwidth } = this.model
    let sum = 0
    for (let a = 0; a < clusters.count; a++)
      for (let b = 0; b < clusters.count; b++) {
        const pair = a * clusters.count + b
        const moved = a === b || bytes === 0 ? 0 : bytes / bandwidth[pair]
        sum += from[a] * to[b] * (latencyS[pair] + moved)
      }
    return sum
  }
}
