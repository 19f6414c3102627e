import type { Pass, Scorer } from '../policy.ts'
import { freeGpuMilli, type Largest, largestOf } from './shares.ts'

/**
 * The product of what is asked for and what is free, of cores, memory and GPUs in shares of the largest node (Hu, de Laat
 * and Zhao, Concurrent container scheduling on heterogeneous clusters with multi-resource constraints, FGCS 2020: ECSched-dp).
 */
export class MostAligned implements Scorer {
  private largest: Largest | null = null

  score(pass: Pass, stageClass: number, node: number): number {
    this.largest ??= largestOf(pass.model)
    const { cpuMilli, memoryBytes, gpuMilli } = pass.model.classes
    const { largest } = this
    const cores = ((pass.freeCpu(node) / largest.cpuMilli) * cpuMilli[stageClass]) / largest.cpuMilli
    const memory = ((pass.freeMemory(node) / largest.memoryBytes) * memoryBytes[stageClass]) / largest.memoryBytes
    const gpus = ((freeGpuMilli(pass, node) / largest.gpuMilli) * gpuMilli[stageClass]) / largest.gpuMilli
    return cores + memory + gpus
  }
}

/** The share of what is free that is asked for, added up over cores, memory and GPUs (the same: ECSched-ml). */
export class MostLoaded implements Scorer {
  score(pass: Pass, stageClass: number, node: number): number {
    const { cpuMilli, memoryBytes, gpuMilli } = pass.model.classes
    const share = (ask: number, free: number) => (ask > 0 ? ask / free : 0)
    return (
      share(cpuMilli[stageClass], pass.freeCpu(node)) +
      share(memoryBytes[stageClass], pass.freeMemory(node)) +
      share(gpuMilli[stageClass], freeGpuMilli(pass, node))
    )
  }
}
