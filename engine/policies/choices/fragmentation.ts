import type { Choice, Pass } from '../policy.ts'
import { Fragmentation } from '../scorers/fragmentation.ts'
import { Scored } from './scored.ts'

/** The node, and on it the GPU, whose fragmentation grows least. */
class LeastFragmentation extends Scored {
  private readonly fragmentation: Fragmentation

  constructor(fragmentation: Fragmentation) {
    super(fragmentation)
    this.fragmentation = fragmentation
  }

  gpu(pass: Pass, stageClass: number, node: number): number {
    return this.fragmentation.gpu(pass, stageClass, node)
  }
}

/** Of all tasks, by number: as published. */
const typicalShare = 0.95

export const fragmentation = (): Choice => new LeastFragmentation(new Fragmentation(typicalShare))
