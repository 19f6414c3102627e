/**
 * From when on a waiting stage may fit beside all that is planned: a bound that is never too late, so that only few
 * times need be tried in earnest. For one task it is what the nodes' profiles say, each gone through once; for a gang,
 * whose tasks may lie on many nodes, that its cluster has as many free cores in all.
 */
import type { Capacity } from './capacity.ts'
import { wayOut } from './messages.ts'
import type { Run } from './run.ts'
import { insertSorted } from './sorted.ts'

/** What a node gains (or loses) at a time. */
export interface Change {
  readonly atS: number
  readonly cpuMilli: number
  readonly memoryBytes: number
  readonly gpus: readonly number[]
}

/** What is free, or asked for. */
interface Amount {
  cpuMilli: number
  memoryBytes: number
  gpuMilli: number
}

export class EarliestStart {
  private readonly run: Run
  /** What is free now. */
  private readonly capacity: Capacity
  /** Of each node, by time; nodes without are wholly free. */
  private readonly changes: ReadonlyMap<number, readonly Change[]>
  /** The same of each cluster. */
  private readonly ofCluster: Change[][]

  constructor(run: Run, capacity: Capacity, changes: ReadonlyMap<number, readonly Change[]>) {
    this.run = run
    this.capacity = capacity
    this.changes = changes
    this.ofCluster = Array.from({ length: run.model.clusters.count }, () => [])
  }

  clear(): void {
    for (const changes of this.ofCluster) changes.length = 0
  }

  add(node: number, change: Change): void {
    insertSorted(this.ofCluster[this.run.model.nodeCluster[node]], change, each => each.atS)
  }

  remove(node: number, change: Change): void {
    const changes = this.ofCluster[this.run.model.nodeCluster[node]]
    changes.splice(changes.indexOf(change), 1)
  }

  /** The first time at or after `fromS` at which the stage may fit for all its expected time; Infinity if there is none. */
  from(stage: number, fromS: number): number {
    if (fromS === Number.POSITIVE_INFINITY) return fromS
    const { arena, model } = this.run
    return model.classes.tasks[arena.stageClass(stage)] === 1 ? this.ofTask(stage, fromS) : this.ofGang(stage, fromS)
  }

  private ofTask(stage: number, fromS: number): number {
    const { arena, model } = this.run
    const { classes, groups } = model
    const stageClass = arena.stageClass(stage)
    let bestS = Number.POSITIVE_INFINITY
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      const end = this.endOn(stage, group)
      for (let node = groups.nodeStart[group]; node < groups.nodeStart[group + 1]; node++) {
        if (this.capacity.ready[node] === 0) continue
        bestS = Math.min(bestS, this.onNode(stageClass, node, fromS, end))
        if (bestS === fromS) return fromS
      }
    }
    return bestS
  }

  private onNode(stageClass: number, node: number, fromS: number, end: (startS: number) => number): number {
    const changes = this.changes.get(node)
    if (changes === undefined) return fromS
    const { classes } = this.run.model
    const free = {
      cpuMilli: this.capacity.freeCpu[node],
      memoryBytes: this.capacity.freeMemory[node],
      gpuMilli: this.capacity.freeGpus(node).reduce((sum, gpu) => sum + gpu, 0),
    }
    const need = {
      cpuMilli: classes.cpuMilli[stageClass],
      memoryBytes: classes.memoryBytes[stageClass],
      gpuMilli: classes.gpuMilli[stageClass],
    }
    return firstStart(changes, free, need, fromS, end)
  }

  private ofGang(stage: number, fromS: number): number {
    const { arena, model } = this.run
    const { classes, clusters } = model
    const stageClass = arena.stageClass(stage)
    const cpuMilli = classes.tasks[stageClass] * classes.cpuMilli[stageClass]
    let bestS = Number.POSITIVE_INFINITY
    for (let c = 0; c < clusters.count; c++) {
      const end = this.soonestEndIn(stage, c)
      if (end === null) continue
      // Memory and GPUs are not looked at here, nor is how the cores lie.
      const free = { cpuMilli: this.capacity.clusterFreeCpu[c], memoryBytes: 0, gpuMilli: 0 }
      const need = { cpuMilli, memoryBytes: Number.NEGATIVE_INFINITY, gpuMilli: Number.NEGATIVE_INFINITY }
      bestS = Math.min(bestS, firstStart(this.ofCluster[c], free, need, fromS, end))
    }
    return bestS
  }

  /** The end on the nodes of a cluster that are the quickest for the stage; null where none may run it. */
  private soonestEndIn(stage: number, cluster: number): ((startS: number) => number) | null {
    const { arena, model } = this.run
    const { classes, groups } = model
    const stageClass = arena.stageClass(stage)
    const ends: ((startS: number) => number)[] = []
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (groups.cluster[group] === cluster) ends.push(this.endOn(stage, group))
    }
    return ends.length === 0
      ? null
      : startS => ends.reduce((least, end) => Math.min(least, end(startS)), Number.POSITIVE_INFINITY)
  }

  /** When a stage that starts at a time on a node of a group is expected to end. */
  private endOn(stage: number, group: number): (startS: number) => number {
    const { arena, model } = this.run
    const { classes, groups } = model
    const factor = classes.factor[arena.stageClass(stage) * groups.count + group]
    const outS = wayOut(this.run, stage, groups.cluster[group])
    const startupS = groups.startupS[group]
    const runS = (arena.estimateS(stage) * factor) / groups.speed[group]
    return startS => startS + outS + startupS + runS
  }
}

/** The first time at or after `fromS` from which as much as is needed is free up to the end; `free` is what is free now. */
function firstStart(
  changes: readonly Change[],
  free: Amount,
  need: Amount,
  fromS: number,
  end: (startS: number) => number,
): number {
  let i = 0
  for (; i < changes.length && changes[i].atS <= fromS; i++) apply(free, changes[i])
  let startS = fromS
  let endS = end(fromS)
  for (;;) {
    const suffices = enough(free, need)
    if (i === changes.length) return suffices ? startS : Number.POSITIVE_INFINITY
    const { atS } = changes[i]
    if (suffices && atS >= endS) return startS
    for (; i < changes.length && changes[i].atS === atS; i++) apply(free, changes[i])
    if (suffices) continue
    startS = atS
    endS = end(atS)
  }
}

function apply(free: Amount, change: Change): void {
  free.cpuMilli += change.cpuMilli
  free.memoryBytes += change.memoryBytes
  for (const gpu of change.gpus) free.gpuMilli += gpu
}

const enough = (free: Amount, need: Amount): boolean =>
  free.cpuMilli >= need.cpuMilli && free.memoryBytes >= need.memoryBytes && free.gpuMilli >= need.gpuMilli
