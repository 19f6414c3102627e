import type { Pass, Scorer } from '../policy.ts'
import { freeGpuMilli, type Largest, largestOf } from './shares.ts'

/**
 * The least left of cores and GPUs, half each, in shares of the largest node; whole percent. `BestFit` of Weng et al.,
 * Beware of Fragmentation, ATC'23.
 */
export class BestFitGpu implements Scorer {
  private largest: Largest | null = null

  score(pass: Pass, stageClass: number, node: number): number {
    this.largest ??= largestOf(pass.model)
    const { cpuMilli, gpuMilli } = pass.model.classes
    const cores = ((pass.freeCpu(node) - cpuMilli[stageClass]) / this.largest.cpuMilli) * 0.5
    const gpus = ((freeGpuMilli(pass, node) - gpuMilli[stageClass]) / this.largest.gpuMilli) * 0.5
    return Math.trunc((1 - (cores + gpus)) * 100)
  }
}
