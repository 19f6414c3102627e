/** What the stages that wait need of the nodes that are on, and which others are booted for them. */
import type { Pass } from '../policy.ts'

/** So many stages of a class that wait are looked at. */
const window = 100

/** Nodes of one cluster on which a stage would fit. */
interface Provision {
  /** Nodes, and how many tasks go there. */
  readonly nodes: Map<number, number>
  readonly boots: number[]
}

export class Provisions {
  private readonly onlyStuck: boolean
  /** What is left of millicores, bytes and milli-GPU of nodes of which stages that wait need something. */
  private readonly left = new Map<number, [number, number, number]>()
  /** Nodes that were booted for what waits and on which nothing was placed yet. */
  private booting: number[] = []

  constructor(onlyStuck: boolean) {
    this.onlyStuck = onlyStuck
  }

  /** Whether a stage that waits needs the node. */
  needs(node: number): boolean {
    return this.left.has(node)
  }

  /** Looks at what waits, class by class, each stage with what those before it have left, and boots what is missing. */
  renew(pass: Pass): void {
    this.left.clear()
    this.booting = this.booting.filter(node => pass.powerOf(node) === 'booting')
    for (const { stage, count } of pass.waitingClasses())
      for (let i = Math.min(count, window); i > 0 && this.provideFor(pass, stage); i--);
  }

  /** Whether the stage would fit. It takes the cluster where the fewest nodes must be booted, the first among equals. */
  private provideFor(pass: Pass, stage: number): boolean {
    let best: Provision | null = null
    for (const [cluster, groups] of groupsByCluster(pass, stage)) {
      if (!pass.reaches(stage, cluster)) continue
      const found = this.provisionIn(pass, stage, groups)
      if (found !== null && (best === null || found.boots.length < best.boots.length)) best = found
      if (best?.boots.length === 0) break
    }
    if (best === null) return false
    for (const node of best.boots) {
      pass.power(node, true)
      this.booting.push(node)
    }
    const [cpu, memory, gpu] = askedBy(pass, stage)
    for (const [node, tasks] of best.nodes) {
      const [c, m, g] = this.leftOn(pass, node)
      this.left.set(node, [c - tasks * cpu, m - tasks * memory, g - tasks * gpu])
    }
    return true
  }

  /** Nodes that are on first, then those that boot, then those that are off; null where all together are too few. */
  private provisionIn(pass: Pass, stage: number, groups: readonly number[]): Provision | null {
    const tasks = pass.model.classes.tasks[pass.classOf(stage)]
    const asked = askedBy(pass, stage)
    const found: Provision = { nodes: new Map(), boots: [] }
    let missing = tasks
    const use = (node: number): void => {
      const fitting = Math.min(missing, howOften(asked, this.leftOn(pass, node)))
      if (fitting <= 0) return
      found.nodes.set(node, fitting)
      missing -= fitting
      if (pass.powerOf(node) === 'off') found.boots.push(node)
    }
    for (const group of groups) for (const node of fittingNodes(pass, stage, group)) if (missing > 0) use(node)
    for (const node of this.booting) if (missing > 0 && groups.includes(pass.model.nodeGroup[node])) use(node)
    if (missing > 0 && this.onlyStuck && fitsOnThoseOn(pass, groups, asked, tasks)) return null
    for (const group of groups)
      for (let node = pass.nextOff(group, 0); node >= 0 && missing > 0; node = pass.nextOff(group, node + 1)) use(node)
    return missing > 0 ? null : found
  }

  private leftOn(pass: Pass, node: number): readonly [number, number, number] {
    return this.left.get(node) ?? pass.freeOn(node)
  }
}

type Asked = readonly [number, number, number]

function askedBy(pass: Pass, stage: number): Asked {
  const { cpuMilli, memoryBytes, gpuMilli } = pass.model.classes
  const stageClass = pass.classOf(stage)
  return [cpuMilli[stageClass], memoryBytes[stageClass], gpuMilli[stageClass]]
}

/** How many tasks go into what is there. */
const howOften = (asked: Asked, there: Asked): number =>
  Math.min(...asked.map((amount, i) => (amount > 0 ? Math.floor(there[i] / amount) : Number.POSITIVE_INFINITY)))

/** Groups that the stage may use, of each cluster. */
function groupsByCluster(pass: Pass, stage: number): Map<number, number[]> {
  const { classes, groups } = pass.model
  const stageClass = pass.classOf(stage)
  const byCluster = new Map<number, number[]>()
  for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
    const group = classes.groups[i]
    const list = byCluster.get(groups.cluster[group])
    if (list === undefined) byCluster.set(groups.cluster[group], [group])
    else list.push(group)
  }
  return byCluster
}

/** Nodes of a group on which a task fits now, the lowest first. */
function* fittingNodes(pass: Pass, stage: number, group: number): Generator<number> {
  const end = pass.model.groups.nodeStart[group + 1]
  for (let from = pass.firstFitIn(stage, group); from >= 0 && from < end; ) {
    yield from
    const next = pass.nextFit(stage, from + 1)
    from = next > from ? next : -1
  }
}

/** Whether the stage would fit on what is on or boots, if nothing was placed there. */
function fitsOnThoseOn(pass: Pass, groups: readonly number[], asked: Asked, tasks: number): boolean {
  const { cpuMilli, memoryBytes, gpuMilli, nodeStart } = pass.model.groups
  let missing = tasks
  for (const g of groups)
    for (let node = nodeStart[g]; node < nodeStart[g + 1] && missing > 0; node++) {
      const state = pass.powerOf(node)
      if (state === 'on' || state === 'booting') missing -= howOften(asked, [cpuMilli[g], memoryBytes[g], gpuMilli[g]])
    }
  return missing <= 0
}
