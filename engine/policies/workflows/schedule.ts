/** A plan of a job in the making: which task goes where, from when to when. */
import type { Interval, Timelines } from './timelines.ts'
import type { Workflow } from './workflow.ts'

export class Schedule {
  readonly workflow: Workflow
  readonly processor: Int32Array
  readonly startS: Float64Array
  readonly finishS: Float64Array
  /** What each task takes of its processor's timeline; null: not planned here. */
  readonly intervals: (Interval | null)[]
  /** Tasks in the order in which they were planned. */
  readonly order: number[] = []
  /** What `evaluate` found last. */
  foundStartS = 0
  foundFinishS = 0
  private readonly timelines: Timelines
  private readonly nowS: number
  private readonly processors: () => readonly number[]

  /** `processors`: those that have to be looked at, ascending; of alike ones of which nothing is planned one will do. */
  constructor(workflow: Workflow, timelines: Timelines, processors: () => readonly number[], nowS: number) {
    this.workflow = workflow
    this.timelines = timelines
    this.processors = processors
    this.nowS = nowS
    this.processor = new Int32Array(workflow.tasks).fill(-1)
    this.startS = new Float64Array(workflow.tasks)
    this.finishS = new Float64Array(workflow.tasks)
    this.intervals = Array.from({ length: workflow.tasks }, () => null)
  }

  get candidates(): readonly number[] {
    return this.processors()
  }

  isPlanned(task: number): boolean {
    return this.processor[task] >= 0
  }

  /** Whether all that comes before a task is planned. */
  isFree(task: number): boolean {
    return this.workflow.predecessors[task].every(before => this.isPlanned(before))
  }

  /** A task that runs already, or is over: where, and when it ends. */
  settle(task: number, processor: number, finishS: number): void {
    this.processor[task] = processor
    this.startS[task] = this.nowS
    this.finishS[task] = finishS
  }

  /** When a task would start and finish on a processor, after what is planned; false where it cannot run. */
  evaluate(task: number, processor: number): boolean {
    const { workflow } = this
    const kind = workflow.kindOf(processor)
    const cost = workflow.cost(task, kind)
    if (cost === Number.POSITIVE_INFINITY) return false
    let readyS = this.nowS
    let moving = workflow.request(task, kind)
    for (const before of workflow.predecessors[task]) {
      // One that is not planned yet (a planner looks ahead) holds up nothing.
      if (!this.isPlanned(before)) continue
      const way = workflow.moving(before, task, workflow.kindOf(this.processor[before]), kind)
      readyS = Math.max(readyS, this.finishS[before] + (workflow.eager ? way : 0))
      if (!workflow.eager) moving = Math.max(moving, way)
    }
    const duration = moving + cost
    this.foundStartS = this.timelines.earliest(processor, readyS, duration, workflow.share(task, processor))
    this.foundFinishS = this.foundStartS + duration
    return true
  }

  /** Plans a task where `evaluate` found room for it. */
  assign(task: number, processor: number): void {
    if (!this.evaluate(task, processor)) return
    const interval = {
      startS: this.foundStartS,
      finishS: this.foundFinishS,
      share: this.workflow.share(task, processor),
    }
    this.timelines.add(processor, interval)
    this.intervals[task] = interval
    this.processor[task] = processor
    this.startS[task] = this.foundStartS
    this.finishS[task] = this.foundFinishS
    this.order.push(task)
  }

  /** Takes back what was planned last. */
  undo(): void {
    const task = this.order.pop() as number
    this.timelines.remove(this.processor[task], this.intervals[task] as Interval)
    this.intervals[task] = null
    this.processor[task] = -1
  }

  /** The processor with the least of a score, the first among equals; −1 where the task cannot run. */
  best(task: number, score: (processor: number) => number): number {
    let best = -1
    let least = Number.POSITIVE_INFINITY
    for (const processor of this.candidates) {
      if (!this.evaluate(task, processor)) continue
      const value = score(processor)
      if (best >= 0 && value >= least) continue
      best = processor
      least = value
    }
    return best
  }

  /** Plans a task where it finishes first. */
  assignEarliest(task: number): void {
    const processor = this.best(task, () => this.foundFinishS)
    if (processor >= 0) this.assign(task, processor)
  }
}

/** Plans all tasks of a schedule's workflow that it has not planned yet. */
export type Planner = (schedule: Schedule) => void
