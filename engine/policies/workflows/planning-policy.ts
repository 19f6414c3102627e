/**
 * A policy that plans each job as a whole when its first stage waits, beside what is planned already, and then follows
 * the plan: a stage goes to its node when it is ready, fits there, and leaves room for what is planned there before it.
 * A job is planned anew, but for what is placed, when a stage of it was lost or has lost its node.
 */
import { orders } from '../orders/index.ts'
import type { Pass, Policy } from '../policy.ts'
import { candidates } from './candidates.ts'
import { createPlan, type JobPlan, type PlannedStage, shareOf, workflowOf } from './job-plan.ts'
import { PlannedNode } from './planned-node.ts'
import { type Planner, Schedule } from './schedule.ts'
import { fitTogether, type Share, Timelines } from './timelines.ts'

export class PlanningPolicy implements Policy {
  readonly order = orders.fcfs
  private readonly planner: Planner
  private readonly timelines = new Timelines()
  private readonly plans = new Map<number, JobPlan>()
  /** By node: what is planned there and not placed. */
  private readonly expected = new Map<number, Set<PlannedStage>>()
  private readonly choice = new PlannedNode()
  private readonly anywhere = new Anywhere()
  private sequence = 0

  constructor(planner: Planner) {
    this.planner = planner
  }

  decide(pass: Pass): void {
    pass.lookAhead()
    for (const [job, plan] of this.plans) if (!pass.isAlive(job)) this.drop(plan)
    this.layTimelines(pass)
    const waiting: [number, PlannedStage][] = []
    for (let stage = pass.following(-1); stage >= 0; stage = pass.following(stage)) {
      const planned = this.plannedOf(pass, stage)
      if (planned.node >= 0) waiting.push([stage, planned])
    }
    // Planning anew may have moved some that were looked at before.
    const steps = waiting.map(([stage]) => [stage, this.plannedOf(pass, stage)] as const)
    steps.sort(([, a], [, b]) => a.startS - b.startS || a.sequence - b.sequence)
    for (const [stage, planned] of steps) if (planned.node >= 0) this.start(pass, stage, planned)
  }

  /** What is placed, until its expected end, and what is planned: from now on at the earliest. */
  private layTimelines(pass: Pass): void {
    const { timelines } = this
    timelines.busy.clear()
    pass.expect((node, stageClass, tasks, finishS) => {
      timelines.add(node, { startS: pass.now, finishS, share: shareOf(pass.model, stageClass, node, tasks) })
    })
    for (const set of this.expected.values())
      for (const { node, interval } of set) {
        if (interval === null) continue
        const lateS = Math.max(0, pass.now - interval.startS)
        interval.startS += lateS
        interval.finishS += lateS
        timelines.add(node, interval)
      }
  }

  /** Where a waiting stage is to go; planned now, if it has not been or cannot go there any more. */
  private plannedOf(pass: Pass, stage: number): PlannedStage {
    const job = pass.jobOf(stage)
    let plan = this.plans.get(job)
    if (plan === undefined) {
      plan = createPlan(pass, stage)
      this.plans.set(job, plan)
    }
    const planned = plan.stages[pass.templateOf(stage) - plan.firstTemplate]
    if (planned.isPlaced || planned.node < 0 || !this.isUsable(pass, stage, planned.node)) this.plan(pass, stage, plan)
    return planned
  }

  private isUsable(pass: Pass, stage: number, node: number): boolean {
    const { classes, groups, nodeGroup, nodeCluster } = pass.model
    const factor = classes.factor[pass.classOf(stage) * groups.count + nodeGroup[node]]
    return factor > 0 && pass.ready(node) && pass.reaches(stage, nodeCluster[node])
  }

  /** Plans all of the job that is not placed, the stage included. */
  private plan(pass: Pass, stage: number, plan: JobPlan): void {
    plan.stages[pass.templateOf(stage) - plan.firstTemplate].isPlaced = false
    const open = plan.stages.filter(({ isPlaced }) => !isPlaced)
    for (const planned of open) this.takeBack(planned)
    const processors = (): readonly number[] => candidates(pass, stage, this.timelines)
    const schedule = new Schedule(workflowOf(pass, stage), this.timelines, processors, pass.now)
    plan.stages.forEach((planned, task) => {
      if (planned.isPlaced) schedule.settle(task, planned.node, Math.max(pass.now, planned.finishS))
    })
    this.planner(schedule)
    for (const task of schedule.order) {
      const planned = plan.stages[task]
      planned.node = schedule.processor[task]
      planned.startS = schedule.startS[task]
      planned.finishS = schedule.finishS[task]
      planned.interval = schedule.intervals[task]
      planned.sequence = this.sequence++
      this.expect(planned)
    }
  }

  private expect(planned: PlannedStage): void {
    const set = this.expected.get(planned.node)
    if (set === undefined) this.expected.set(planned.node, new Set([planned]))
    else set.add(planned)
  }

  private expectNoMore(planned: PlannedStage): void {
    const set = this.expected.get(planned.node)
    set?.delete(planned)
    if (set?.size === 0) this.expected.delete(planned.node)
  }

  /** Not where others keep it off its node, or its tasks apart: then it goes wherever it may, and holds up nobody meanwhile. */
  private isFirm(pass: Pass, stage: number, { node }: PlannedStage): boolean {
    const { classes, neighbours } = pass.model
    return neighbours === undefined || (classes.tasks[pass.classOf(stage)] === 1 && pass.admits(stage, node))
  }

  private moveTo(planned: PlannedStage, node: number): void {
    const { interval } = planned
    this.takeBack(planned)
    planned.node = node
    planned.interval = interval
    if (interval !== null) this.timelines.add(node, interval)
    this.expect(planned)
  }

  private takeBack(planned: PlannedStage): void {
    if (planned.interval !== null) this.timelines.remove(planned.node, planned.interval)
    this.expectNoMore(planned)
    planned.interval = null
    planned.node = -1
  }

  private start(pass: Pass, stage: number, planned: PlannedStage): void {
    const isFirm = this.isFirm(pass, stage, planned)
    const choice = isFirm ? this.choice : this.anywhere
    choice.node = planned.node
    const durationS = planned.finishS - planned.startS
    const isFree = choice.choose(pass, stage) >= 0
    planned.isKeptOff = !isFirm
    if (!isFree || (isFirm && !this.leavesRoom(pass, stage, planned, durationS))) return
    if (!pass.place(stage, choice)) return
    if (!isFirm) this.moveTo(planned, this.anywhere.taken)
    if (planned.interval !== null) this.timelines.remove(planned.node, planned.interval)
    planned.startS = pass.now
    planned.finishS = pass.now + durationS
    planned.isPlaced = true
    this.expectNoMore(planned)
    planned.interval = null
    const share = this.shareOf(pass, stage, planned.node)
    this.timelines.add(planned.node, { startS: planned.startS, finishS: planned.finishS, share })
  }

  /** Whether what is planned on the node before the stage still has room beside it. */
  private leavesRoom(pass: Pass, stage: number, planned: PlannedStage, durationS: number): boolean {
    const before = [...(this.expected.get(planned.node) ?? [])].flatMap(other => {
      const isInTheWay =
        other !== planned && !other.isKeptOff && isBefore(other, planned) && other.startS < pass.now + durationS
      return isInTheWay && other.interval !== null ? [other.interval] : []
    })
    return fitTogether(this.shareOf(pass, stage, planned.node), before)
  }

  private shareOf(pass: Pass, stage: number, node: number): Share {
    const stageClass = pass.classOf(stage)
    return shareOf(pass.model, stageClass, node, pass.model.classes.tasks[stageClass])
  }

  private drop(plan: JobPlan): void {
    for (const planned of plan.stages) this.takeBack(planned)
    this.plans.delete(plan.job)
  }
}

/** The planned node if it may be had, else the first that fits; and which one was taken. */
class Anywhere extends PlannedNode {
  taken = -1

  override choose(pass: Pass, stage: number): number {
    const node = super.choose(pass, stage)
    return node >= 0 ? node : pass.firstFit(stage)
  }

  placed(node: number): void {
    this.taken = node
  }
}

const isBefore = (a: PlannedStage, b: PlannedStage): boolean =>
  a.startS < b.startS || (a.startS === b.startS && a.sequence < b.sequence)
