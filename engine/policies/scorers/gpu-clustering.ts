import type { Model } from '../../model.ts'
import type { Tally } from '../../node-watch.ts'
import type { Pass, Scorer } from '../policy.ts'
import { freeGpuMilli, type Largest, largestOf } from './shares.ts'

/**
 * Tasks of a kind together: kinds are parts of a GPU, one, two, four … whole ones. A node that has only this kind comes before one
 * that has others too, then an empty one, then one that has only others; among these the fuller one in quarters of a percent. Scores as
 * `GpuClustering` of Weng et al., ATC'23; 0 for tasks without.
 */
export class GpuClustering implements Scorer {
  private largest: Largest | null = null
  private tally: Tally | null = null

  score(pass: Pass, stageClass: number, node: number): number {
    this.largest ??= largestOf(pass.model)
    this.tally ??= pass.tally(...gpuKinds(pass.model))
    const { kindOf, kinds, count } = this.tally
    const kind = kindOf[stageClass]
    if (kind < 0) return 0
    let present = 0
    for (let k = 0; k < kinds; k++) present += Number(count[node * kinds + k] > 0)
    const full = Math.trunc((25 * (this.largest.gpuMilli - freeGpuMilli(pass, node))) / this.largest.gpuMilli)
    if (count[node * kinds + kind] > 0) return full + (present === 1 ? 75 : 50)
    return full + (present === 0 ? 25 : 0)
  }
}

/** Kind of each class, and how many there are. */
function gpuKinds({ classes }: Model): [Int32Array, number] {
  const sizes = Array.from(classes.gpuMilli, milli => (milli > 0 && milli < 1000 ? 1 : milli))
  const kinds = [...new Set(sizes)].filter(size => size > 0)
  return [Int32Array.from(sizes, size => kinds.indexOf(size)), kinds.length]
}
