import type { Pass, Scorer } from '../policy.ts'
import { type Typical, typicalTasks } from './typical.ts'

/**
 * Fragmentation gradient descent: how little the node's fragmentation grows, or how much it shrinks (Weng et al., Beware
 * of Fragmentation: Scheduling GPU-Sharing Workloads with Fragmentation Gradient Descent, ATC'23). What is free of a
 * node's GPUs is fragmented for a typical task if this does not fit there, or asks for no GPU; else so much of it is
 * as lies on GPUs with less than it asks for. Fragmentation is the mean over typical tasks, milli-GPU; the score
 * 100 / (1 + exp(growth / 1000)), whole percent. Memory has no say.
 */
export class Fragmentation implements Scorer {
  private readonly popularity: number
  private typical: readonly Typical[] | null = null

  /** Share of all tasks that the typical ones make up. */
  constructor(popularity: number) {
    this.popularity = popularity
  }

  score(pass: Pass, stageClass: number, node: number): number {
    const gpus = pass.freeGpus(node)
    const ask = pass.model.classes.gpuMilli[stageClass]
    return this.best(pass, stageClass, node, gpus, ask).score
  }

  /** The GPU on which a part of one scores highest, lowest among equals. */
  gpu(pass: Pass, stageClass: number, node: number): number {
    const ask = pass.model.classes.gpuMilli[stageClass]
    return this.best(pass, stageClass, node, pass.freeGpus(node), ask).gpu
  }

  private best(pass: Pass, stageClass: number, node: number, gpus: readonly number[], ask: number) {
    this.typical ??= typicalTasks(pass.model, this.popularity)
    const group = pass.model.nodeGroup[node]
    const before = pass.freeCpu(node)
    const after = before - pass.model.classes.cpuMilli[stageClass]
    const now = this.fragmented(this.typical, group, before, gpus)
    let best = { gpu: -1, score: -1 }
    for (let gpu = 0; gpu < (ask > 0 && ask < 1000 ? gpus.length : 1); gpu++) {
      const left = ask > 0 && ask < 1000 ? withPart(gpus, gpu, ask) : withWhole(gpus, ask / 1000)
      if (left === null) continue
      const then = this.fragmented(this.typical, group, after, left)
      const score = Math.trunc(100 / (1 + Math.exp((then - now) / 1000)))
      if (score > best.score) best = { gpu, score }
    }
    return best
  }

  private fragmented(typical: readonly Typical[], group: number, freeCpu: number, gpus: readonly number[]): number {
    const free = gpus.reduce((sum, milli) => sum + milli, 0)
    let fragmented = 0
    for (const task of typical) fragmented += task.share * (free - usableBy(task, group, freeCpu, gpus))
    return fragmented
  }
}

/** Free milli-GPU that a typical task could use a part of; 0 where it does not fit. */
function usableBy(task: Typical, group: number, freeCpu: number, gpus: readonly number[]): number {
  if (task.gpuMilli === 0 || task.cpuMilli > freeCpu || task.eligible[group] === 0) return 0
  const perGpu = Math.min(task.gpuMilli, 1000)
  let left = task.gpuMilli / perGpu
  let usable = 0
  for (const milli of gpus) {
    if (milli < perGpu) continue
    usable += milli
    left--
  }
  return left <= 0 ? usable : 0
}

/** What is left where a part is taken of a GPU; null where it does not fit, or an earlier one has as much free. */
function withPart(gpus: readonly number[], gpu: number, ask: number): number[] | null {
  if (gpus[gpu] < ask || gpus.indexOf(gpus[gpu]) < gpu) return null
  return gpus.map((milli, i) => (i === gpu ? milli - ask : milli))
}

function withWhole(gpus: readonly number[], count: number): number[] {
  let left = count
  return gpus.map(milli => (milli === 1000 && left-- > 0 ? 0 : milli))
}
