import type { Pass, Scorer } from '../policy.ts'
import { freeGpuMilli, type Largest, largestOf } from './shares.ts'

/**
 * The least product of what is asked for and what is free, of cores and GPUs in shares of the largest node; whole
 * percent. The alignment of Tetris (Grandl et al., SIGCOMM'14) as Weng et al., ATC'23, ran it: the lower, the better.
 */
export class DotProduct implements Scorer {
  private largest: Largest | null = null

  score(pass: Pass, stageClass: number, node: number): number {
    this.largest ??= largestOf(pass.model)
    const { cpuMilli, gpuMilli } = pass.model.classes
    const { cpuMilli: mostCpu, gpuMilli: mostGpu } = this.largest
    const cores = (pass.freeCpu(node) / mostCpu) * (cpuMilli[stageClass] / mostCpu)
    const gpus = (freeGpuMilli(pass, node) / mostGpu) * (gpuMilli[stageClass] / mostGpu)
    return Math.trunc(100 * (1 - (cores + gpus) / 2))
  }
}
