import type { Pass, Scorer } from '../policy.ts'

/**
 * GPUs that are in use before free ones of a node that is in use, these before a node of which all are free; 0 for
 * tasks without. Scores as `GpuPacking` of Weng et al., ATC'23: 100 less a tenth of the percent that are free of the GPUs that it
 * would take; at most 49, less the free GPUs that it needs; at most 32, less the free GPUs of the node.
 */
export class GpuPacking implements Scorer {
  score(pass: Pass, stageClass: number, node: number): number {
    const ask = pass.model.classes.gpuMilli[stageClass]
    if (ask === 0) return 0
    const free = pass.freeGpus(node)
    const whole = free.reduce((count, milli) => count + Number(milli === 1000), 0)
    if (whole === free.length) return Math.max(33 - whole, whole)
    if (ask >= 1000) return Math.max(50 - ask / 1000, 33)
    const least = free.reduce((most, milli) => (milli >= ask && milli < most ? milli : most), 1000)
    return least === 1000 ? 49 : 100 - Math.trunc(Math.trunc(least / 10) / 10)
  }
}
