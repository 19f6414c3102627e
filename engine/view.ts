/** What policies see of a run and how they answer: `Pass` over its state. */
import { slotState } from './arena.ts'
import { attemptBefore } from './attempts.ts'
import { defer, evict, evictLater, suspendLater } from './deferral.ts'
import { EngineError } from './engine-error.ts'
import { isPlaced, rejectJob } from './jobs.ts'
import { bytesTo, wayBack, wayOut } from './messages.ts'
import type { Model } from './model.ts'
import type { Tally } from './node-watch.ts'
import { place, placeShadow } from './placing.ts'
import type { Choice, ExpectedTasks, Pass, ReservationKind, Scorer } from './policies/policy.ts'
import type { Preferences } from './preferences.ts'
import { streams } from './random.ts'
import { Reservation } from './reservation.ts'
import type { Run } from './run.ts'
import { ScoreTrees } from './score-trees.ts'

/** More slots than a run ever has. */
const slots = 0x4000000

export class View implements Pass {
  readonly model: Model
  private readonly run: Run
  /** Null until a policy looks ahead. */
  private ahead: Reservation | null = null
  /** Of each scorer that was asked for. */
  private readonly trees = new Map<Scorer, ScoreTrees>()

  constructor(run: Run) {
    this.run = run
    this.model = run.model
  }

  get now(): number {
    return this.run.now
  }

  // --- the waiting set

  head(): number {
    const { waiting } = this.run
    while (waiting.decidable) {
      const stage = waiting.head
      if (!this.outOfSlack(stage)) return stage
      this.restrict(stage)
    }
    return -1
  }

  skip(): void {
    this.run.waiting.skip()
  }

  hold(): boolean {
    const { arena, capacity, waiting } = this.run
    // What it must run beside may stand behind it.
    const isKept = this.ahead !== null || capacity.neighbours?.lacksPeers(arena.stageClass(waiting.head)) !== true
    if (isKept) waiting.hold()
    else waiting.skip()
    return isKept
  }

  /** Whether a group that would slow the stage down is no longer open to it, though its class has it. */
  private outOfSlack(stage: number): boolean {
    const { classes, groups } = this.model
    const stageClass = this.run.arena.stageClass(stage)
    if (classes.strictTwin[stageClass] === stageClass) return false
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (classes.factor[stageClass * groups.count + group] > 1 && !this.inTime(stage, group)) return true
    }
    return false
  }

  /** Moves a waiting stage to the class without the groups that would slow it down most. */
  private restrict(stage: number): void {
    const { arena, waiting } = this.run
    waiting.remove(stage)
    arena.setStageClass(stage, this.model.classes.strictTwin[arena.stageClass(stage)])
    waiting.push(stage)
  }

  private inTime(stage: number, group: number): boolean {
    return this.now + this.runTimeOn(stage, group) < this.deadlineOf(stage)
  }

  // --- looking ahead

  lookAhead(): void {
    this.ahead ??= new Reservation(this.run)
  }

  reserve(stage: number, choice: Choice, kind: ReservationKind): void {
    this.looking.reserve(stage, choice, kind)
  }

  isBefore(attempt: number, other: number): boolean {
    return attemptBefore(this.run, attempt, other)
  }

  beginOf(attempt: number): number {
    const { arena, network } = this.run
    return network.hasMessages && arena.underWay(attempt) > 0 ? Number.POSITIVE_INFINITY : arena.beginS(attempt)
  }

  freeOn(node: number): readonly [number, number, number] {
    const { capacity } = this.run
    return [capacity.freeCpu[node], capacity.freeMemory[node], capacity.freeGpu[node]]
  }

  expect(each: ExpectedTasks): void {
    const { arena } = this.run
    const placed = (slot: number, endS: number): void => {
      const workload = this.workloadOf(slot)
      for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry))
        each(arena.node(entry), arena.stageClass(slot), arena.tasks(entry), Math.max(this.now, endS), workload, slot)
    }
    this.looking.future.each({ placed })
  }

  candidate(): number {
    const { waiting } = this.looking
    for (;;) {
      const stage = waiting.candidate()
      if (stage < 0 || !this.outOfSlack(stage)) return stage
      this.restrict(stage)
      waiting.takeBackCandidate()
    }
  }

  placeBeside(stage: number, choice: Choice): boolean {
    return this.looking.placeBeside(stage, choice)
  }

  plan(kept: boolean): void {
    this.looking.plan.begin(kept)
  }

  startOrPlan(stage: number, choice: Choice): boolean {
    return this.looking.plan.startOrPlan(stage, choice)
  }

  following(stage: number): number {
    const { waiting } = this.looking
    for (;;) {
      const next = waiting.following(stage)
      if (next < 0 || !this.outOfSlack(next)) return next
      this.restrict(next)
    }
  }

  private get looking(): Reservation {
    if (this.ahead === null) throw new EngineError('lookAhead() first: what is to come is not kept unless asked for')
    return this.ahead
  }

  // --- a stage

  classOf(stage: number): number {
    return this.run.arena.stageClass(stage)
  }

  workloadOf(stage: number): number {
    return this.run.workloadOf(stage)
  }

  templateOf(stage: number): number {
    return this.run.arena.template(stage)
  }

  jobOf(stage: number): number {
    const { arena } = this.run
    const job = arena.job(stage)
    return arena.jobGeneration(job) * slots + job
  }

  isAlive(job: number): boolean {
    return this.run.arena.jobGeneration(job % slots) === Math.floor(job / slots)
  }

  originOf(stage: number): number {
    const { arena } = this.run
    return arena.origin(arena.job(stage))
  }

  submitTimeOf(stage: number): number {
    return this.run.arena.submitS(stage)
  }

  waitedOf(stage: number): number {
    // RLScheduler takes −1 for the start of what waits, whenever it asks.
    return (this.run.compat === 'rlscheduler' ? -1 : this.now) - this.submitTimeOf(stage)
  }

  deadlineOf(stage: number): number {
    const { arena } = this.run
    return arena.deadlineS(arena.job(stage))
  }

  estimateOf(stage: number): number {
    return this.run.arena.estimateS(stage)
  }

  leftOf(stage: number): number {
    const { arena } = this.run
    return Math.max(0, arena.estimateS(stage) - arena.savedS(stage))
  }

  runTimeOn(stage: number, group: number): number {
    const { arena } = this.run
    const { classes, groups } = this.model
    const factor = classes.factor[arena.stageClass(stage) * groups.count + group]
    return (arena.estimateS(stage) * factor) / groups.speed[group]
  }

  wayOut(stage: number, cluster: number): number {
    return wayOut(this.run, stage, cluster)
  }

  wayBack(stage: number, cluster: number): number {
    return wayBack(this.run, stage, cluster)
  }

  bytesTo(stage: number, cluster: number): number {
    return bytesTo(this.run, stage, cluster)
  }

  reaches(stage: number, cluster: number): boolean {
    return this.run.network.reaches(this.originOf(stage), cluster)
  }

  draw(stage: number, index: number): number {
    const { arena, random } = this.run
    const { stageStart, hash } = this.model.workloads
    const w = this.workloadOf(stage)
    const position = arena.template(stage) - stageStart[w]
    random.select(streams.policy, position, hash[w], arena.ordinal(stage), arena.attempts(stage) * 65536 + index)
    return random.uniform()
  }

  // --- capacity

  open(group: number): boolean {
    return this.isOpen(this.model.groups.cluster[group])
  }

  private isOpen(cluster: number): boolean {
    const { closed, onlyCluster } = this.run
    return closed[cluster] === 0 && (onlyCluster < 0 || onlyCluster === cluster)
  }

  ready(node: number): boolean {
    return this.run.capacity.ready[node] === 1
  }

  firstFit(stage: number): number {
    return this.nextFitFrom(stage, 0)
  }

  firstFitIn(stage: number, group: number): number {
    return this.run.capacity.firstFit(group, this.run.arena.stageClass(stage))
  }

  fits(stage: number, node: number): boolean {
    const { classes, groups, nodeGroup } = this.model
    const stageClass = this.run.arena.stageClass(stage)
    const group = nodeGroup[node]
    return (
      classes.factor[stageClass * groups.count + group] > 0 &&
      this.open(group) &&
      this.run.capacity.fitCount(node, stageClass) > 0
    )
  }

  admits(stage: number, node: number): boolean {
    return this.run.capacity.admits(node, this.run.arena.stageClass(stage))
  }

  preferences(stageClass: number): Preferences | null {
    return this.run.capacity.neighbours?.preferencesOf(stageClass) ?? null
  }

  nextFit(stage: number, from: number): number {
    const node = this.nextFitFrom(stage, from)
    return node < 0 && from > 0 ? this.nextFitFrom(stage, 0) : node
  }

  private nextFitFrom(stage: number, from: number): number {
    const { classes } = this.model
    const stageClass = this.run.arena.stageClass(stage)
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      const node = this.open(group) ? this.run.capacity.firstFit(group, stageClass, from) : -1
      if (node >= 0) return node
    }
    return -1
  }

  bestFit(stage: number): number {
    return this.bestOf(stage, true)
  }

  leastAllocated(stage: number): number {
    return this.bestOf(stage, false)
  }

  bestFitIn(stage: number, group: number): number {
    return this.run.capacity.bestFit(group, this.run.arena.stageClass(stage))
  }

  leastAllocatedIn(stage: number, group: number): number {
    return this.run.capacity.leastAllocated(group, this.run.arena.stageClass(stage))
  }

  /** The best of each group's best; the lowest index among equals. */
  private bestOf(stage: number, least: boolean): number {
    const { classes } = this.model
    const { capacity } = this.run
    const stageClass = this.run.arena.stageClass(stage)
    let best = -1
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (!this.open(group)) continue
      const node = least ? capacity.bestFit(group, stageClass) : capacity.leastAllocated(group, stageClass)
      if (node < 0) continue
      const gain = best < 0 ? 1 : capacity.freeCpu[best] - capacity.freeCpu[node]
      if (best < 0 || (least ? gain > 0 : gain < 0)) best = node
    }
    return best
  }

  highest(stage: number, scorer: Scorer): number {
    const { arena, capacity, closed, onlyCluster } = this.run
    const trees = this.treesOf(scorer)
    const stageClass = arena.stageClass(stage)
    if (!trees.follows(capacity)) return this.highestOfAll(stageClass, scorer)
    if (capacity.neighbours?.bindsGroups(stageClass) === true)
      return trees.bestOfGroups(
        stageClass,
        (k, node) => scorer.score(this, k, node),
        group => this.open(group) && capacity.admitsGroup(group, stageClass),
      )
    const isOpen = onlyCluster >= 0 || closed.some(count => count > 0)
    return trees.best(stageClass, (k, node) => scorer.score(this, k, node), isOpen ? c => this.isOpen(c) : null)
  }

  ranked(stage: number, scorer: Scorer, cluster: number, count: number): readonly number[] {
    const trees = this.treesOf(scorer)
    const stageClass = this.run.arena.stageClass(stage)
    if (!trees.follows(this.run.capacity)) return this.rankedOfAll(stageClass, scorer, cluster).slice(0, count)
    return trees.ranked(stageClass, (k, node) => scorer.score(this, k, node), cluster, count)
  }

  private treesOf(scorer: Scorer): ScoreTrees {
    let trees = this.trees.get(scorer)
    if (trees === undefined) {
      trees = new ScoreTrees(this.model, this.run.capacity)
      this.trees.set(scorer, trees)
    }
    return trees
  }

  /** The same by looking at every node: where it is asked what would fit at another time. */
  private highestOfAll(stageClass: number, scorer: Scorer): number {
    const { classes, groups } = this.model
    const { capacity } = this.run
    let best = -1
    let most = Number.NEGATIVE_INFINITY
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (!this.open(group)) continue
      for (let node = groups.nodeStart[group]; node < groups.nodeStart[group + 1]; node++) {
        const score = capacity.fits(node, stageClass) ? scorer.score(this, stageClass, node) : Number.NEGATIVE_INFINITY
        if (score > most) {
          best = node
          most = score
        }
      }
    }
    return best
  }

  private rankedOfAll(stageClass: number, scorer: Scorer, cluster: number): number[] {
    const { clusters, groups, nodeGroup, classes } = this.model
    const ranked: { node: number; score: number }[] = []
    for (let node = clusters.nodeStart[cluster]; node < clusters.nodeStart[cluster + 1]; node++)
      if (classes.factor[stageClass * groups.count + nodeGroup[node]] > 0 && this.run.capacity.fits(node, stageClass))
        ranked.push({ node, score: scorer.score(this, stageClass, node) })
    return ranked.sort((a, b) => b.score - a.score || a.node - b.node).map(({ node }) => node)
  }

  freeCpu(node: number): number {
    return this.run.capacity.freeCpu[node]
  }

  freeMemory(node: number): number {
    return this.run.capacity.freeMemory[node]
  }

  freeGpus(node: number): readonly number[] {
    return this.run.capacity.gpuByGpu(node)
  }

  tally(kindOf: Int32Array, kinds: number): Tally {
    return this.run.capacity.watched().addTally(kindOf, kinds)
  }

  // --- answers

  place(stage: number, choice: Choice): boolean {
    return this.ahead === null ? place(this.run, stage, choice) : this.ahead.place(stage, choice)
  }

  shadow(stage: number, choice: Choice, standby = false): boolean {
    return placeShadow(this.run, stage, choice, standby)
  }

  reject(stage: number): void {
    const { arena } = this.run
    if (arena.state(stage) !== slotState.waiting) throw new EngineError('reject: the stage is not waiting')
    rejectJob(this.run, arena.job(stage))
  }

  deferUntil(stage: number, time: number): void {
    defer(this.run, stage, time)
  }

  suspendAt(stage: number, time: number): void {
    suspendLater(this.run, stage, time)
  }

  preempt(attempt: number, graceS: number): void {
    const { arena } = this.run
    if (!isPlaced(arena.state(attempt))) throw new EngineError('preempt: there is no such attempt')
    if (graceS > 0) evictLater(this.run, attempt, this.now + graceS)
    else evict(this.run, attempt)
  }

  migrate(): void {
    throw new EngineError('migrate: this engine cannot migrate yet')
  }

  power(): void {
    throw new EngineError('power: this engine cannot switch nodes yet')
  }

  scale(): void {
    throw new EngineError('scale: this engine has no services yet')
  }
}
