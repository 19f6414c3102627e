import type { Model } from '../../model.ts'
import type { Tally } from '../../node-watch.ts'
import type { Pass, Scorer } from '../policy.ts'

/** What kube-scheduler takes a container for that requests none (`DefaultMilliCPURequest`, `DefaultMemoryRequest`). */
const defaultCpuMilli = 100
const defaultMemoryBytes = 200 * 1024 * 1024

/** Kinds of tasks that are counted: those that request no cores, no memory, neither. */
const noCpu = 0
const noMemory = 1
const neither = 2

/**
 * The sum of kube-scheduler's default scores that tell nodes apart (v1.34, all of weight 1): NodeResourcesFit by
 * LeastAllocated, the mean over cores and memory of what is left, each in whole percent; NodeResourcesBalancedAllocation, 100 less half of
 * how far the shares in use of both are apart, whole, and 0 for a task that requests neither. What is left and in use
 * includes the task; for what is left, a task without a request counts as 100m, or 200Mi. Image locality and taints are the same for all nodes here;
 * what stages prefer is weighed by the choice `kube-default`.
 */
export class KubeDefault implements Scorer {
  private tally: Tally | null = null

  score(pass: Pass, stageClass: number, node: number): number {
    this.tally ??= pass.tally(kindsOf(pass.model), 3)
    const { classes, groups, nodeGroup } = pass.model
    const group = nodeGroup[node]
    const cpu = classes.cpuMilli[stageClass]
    const memory = classes.memoryBytes[stageClass]
    const cpuInUse = groups.cpuMilli[group] - pass.freeCpu(node)
    const memoryInUse = groups.memoryBytes[group] - pass.freeMemory(node)
    const leftCpu = percentLeft(cpuInUse + this.unsaid(node, noCpu) + (cpu || defaultCpuMilli), groups.cpuMilli[group])
    const saidMemory = memoryInUse + this.unsaid(node, noMemory) + (memory || defaultMemoryBytes)
    const leftMemory = percentLeft(saidMemory, groups.memoryBytes[group])
    const least = Math.floor((leftCpu + leftMemory) / 2)
    if (cpu === 0 && memory === 0) return least
    const apart = (cpuInUse + cpu) / groups.cpuMilli[group] - (memoryInUse + memory) / groups.memoryBytes[group]
    return least + Math.trunc((1 - Math.abs(apart / 2)) * 100)
  }

  /** What tasks on the node count as that request none. */
  private unsaid(node: number, kind: typeof noCpu | typeof noMemory): number {
    const count = this.tally?.count ?? []
    const tasks = count[3 * node + kind] + count[3 * node + neither]
    return tasks * (kind === noCpu ? defaultCpuMilli : defaultMemoryBytes)
  }
}

const percentLeft = (inUse: number, all: number): number => (inUse > all ? 0 : Math.floor(((all - inUse) * 100) / all))

const kindsOf = ({ classes }: Model): Int32Array =>
  Int32Array.from(classes.cpuMilli, (cpu, k) => {
    if (classes.memoryBytes[k] === 0) return cpu === 0 ? neither : noMemory
    return cpu === 0 ? noCpu : -1
  })
