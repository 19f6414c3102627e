import type { Pass, Scorer } from '../policy.ts'
import { freeGpuMilli, type Largest, largestOf } from './shares.ts'

/** The most left of cores, memory and GPUs, added up in shares of the largest node; memory or GPUs only where nodes have them. */
export class WorstFit implements Scorer {
  private largest: Largest | null = null

  score(pass: Pass, stageClass: number, node: number): number {
    this.largest ??= largestOf(pass.model)
    const { cpuMilli, memoryBytes, gpuMilli } = pass.model.classes
    const cores = (pass.freeCpu(node) - cpuMilli[stageClass]) / this.largest.cpuMilli
    const memory = (pass.freeMemory(node) - memoryBytes[stageClass]) / this.largest.memoryBytes
    const gpus = (freeGpuMilli(pass, node) - gpuMilli[stageClass]) / this.largest.gpuMilli
    return cores + memory + gpus
  }
}
