/**
 * The loop: one run of one policy on one model. `advance` goes from decision point to decision point; at each the
 * policy is asked through `Pass`, which this class implements. ARCHITECTURE.md says what every event means.
 */
import { Arena, slotState } from './arena.ts'
import { Arrivals } from './arrivals.ts'
import { Calendar, eventKind } from './calendar.ts'
import { Capacity } from './capacity.ts'
import { Collector, type JobEnd } from './collect.ts'
import { distributions } from './distributions.ts'
import { Energy } from './energy.ts'
import { EngineError } from './engine-error.ts'
import { kind, type LogKind, Rows } from './log.ts'
import type { Model } from './model.ts'
import { NodeStates } from './node-states.ts'
import type { Choice, Order, Pass } from './policies/policy.ts'
import { Random, streams } from './random.ts'
import type { Outcome, RunResult } from './result.ts'
import { Waiting } from './waiting.ts'

/** More rounds at one instant than this mean that the model never gets on. */
const maxRounds = 10_000

const isOfAttempts = (what: number): boolean => what === eventKind.end || what === eventKind.begin

export interface RunOptions {
  /** Part of the random key: runs of other replications meet other luck. */
  readonly replication: number
  readonly record?: { readonly jobs?: boolean; readonly decisions?: boolean; readonly events?: boolean }
}

export class Simulation implements Pass {
  readonly model: Model
  now = 0
  readonly log: Rows | null
  private readonly order: Order
  private readonly random: Random
  private readonly arena = new Arena()
  private readonly calendar = new Calendar()
  private readonly arrivals: Arrivals
  private readonly capacity: Capacity
  private readonly waiting: Waiting
  private readonly nodes: NodeStates
  private readonly energy: Energy
  private readonly collector: Collector
  /** Jobs in the system. */
  private alive = 0
  private warm = false
  private done = false
  private rounds = 0
  private inRound = false
  /** Attempts that end at the instant at which they began: an end is an earlier kind, so these belong to the next round. */
  private readonly endAtOnce: number[] = []
  /** Slots of attempts due at one instant, their generations, and the order in which they come. */
  private readonly due: number[] = []
  private readonly dueGeneration: number[] = []
  private readonly dueOrder: number[] = []
  private events = 0
  private decisionPasses = 0
  /** Clusters closed for the placement in hand, counted; and the only one open for a gang that has begun to fill (−1: all). */
  private readonly closed: Int32Array
  private onlyCluster = -1
  /** The job that ends now: one record, filled anew each time. */
  private readonly end: JobEnd = {
    workload: 0,
    ordinal: 0,
    submitS: 0,
    deadlineS: 0,
    origin: 0,
    attempts: 0,
    beginS: 0,
    runS: 0,
    cluster: 0,
    latencyS: 0,
  }

  constructor(model: Model, order: Order, options: RunOptions) {
    this.model = model
    this.order = order
    this.log = options.record?.events === true ? new Rows(6) : null
    this.random = new Random(model.seed, options.replication)
    this.arrivals = new Arrivals(model, this.random)
    this.capacity = new Capacity(model)
    this.waiting = new Waiting(this.arena, model, this.capacity)
    this.nodes = new NodeStates(model, this.arena)
    this.energy = new Energy(model)
    this.collector = new Collector(model, this.energy, options.record ?? {})
    this.closed = new Int32Array(model.clusters.count)
    const { failures } = model
    for (let f = 0; f < failures.count; f++) this.schedule(failures.atS[f], eventKind.failure, f, 0)
  }

  // ---------------------------------------------------------------- the loop

  /** Runs on to the next point at which a policy should be asked, or to the end. */
  advance(): 'decision' | 'done' {
    while (!this.done) {
      const next = this.nextTime()
      const drained = this.alive === 0 && this.arrivals.topTime === Number.POSITIVE_INFINITY
      if (
        next > this.model.horizonS ||
        next === Number.POSITIVE_INFINITY ||
        (drained && this.model.horizonS === Number.POSITIVE_INFINITY)
      ) {
        this.finish()
        break
      }
      this.round(next)
      if (this.waiting.decidable) {
        this.decisionPasses++
        return 'decision'
      }
    }
    return 'done'
  }

  /** What the run left behind; only after `advance` answered `done`. */
  result(): RunResult {
    if (!this.done) throw new EngineError('the run is not over: advance() until it answers done')
    const { events, decisionPasses } = this
    return this.collector.finish(this.now, { events, decisionPasses, visits: this.capacity.visits })
  }

  /** Time of the next event that still means something. */
  private nextTime(): number {
    const calendar = this.calendar
    while (calendar.topTime !== Number.POSITIVE_INFINITY && this.stale(calendar.topCode, calendar.topGeneration))
      calendar.pop()
    return Math.min(calendar.topTime, this.arrivals.topTime)
  }

  private stale(code: number, generation: number): boolean {
    const entity = code >> 3
    const what = code & 7
    if (isOfAttempts(what)) return this.arena.generation[entity] !== generation
    return what === eventKind.detection && this.nodes.detectionGeneration[entity] !== generation
  }

  /** One round at time t: all that is due, in the order of its kinds, then arrivals. */
  private round(t: number): void {
    if (t > this.now) this.rounds = 0
    else if (++this.rounds > maxRounds) throw new EngineError(`${maxRounds} rounds at ${t} s: the run does not get on`)
    this.passBoundaries(t)
    this.now = t
    const calendar = this.calendar
    this.inRound = true
    while (calendar.topTime === t) {
      const code = calendar.topCode
      const generation = calendar.topGeneration
      calendar.pop()
      if (this.stale(code, generation)) continue
      if (calendar.topTime === t && ((code ^ calendar.topCode) & 7) === 0 && isOfAttempts(code & 7))
        this.happenInOrder(t, code, generation)
      else this.happen(code & 7, code >> 3)
    }
    this.inRound = false
    for (const slot of this.endAtOnce) this.schedule(t, eventKind.end, slot, this.arena.generation[slot])
    this.endAtOnce.length = 0
    while (this.arrivals.topTime === t) this.arrive()
  }

  /** Attempts that end (or begin) at one instant, put in order: their slots say nothing about it. */
  private happenInOrder(t: number, code: number, generation: number): void {
    const { calendar, due, dueGeneration, dueOrder } = this
    const what = code & 7
    due[0] = code >> 3
    dueGeneration[0] = generation
    dueOrder.length = 1
    dueOrder[0] = 0
    for (; calendar.topTime === t && (calendar.topCode & 7) === what; calendar.pop()) {
      if (this.stale(calendar.topCode, calendar.topGeneration)) continue
      const index = dueOrder.length
      due[index] = calendar.topCode >> 3
      dueGeneration[index] = calendar.topGeneration
      dueOrder.push(index)
    }
    dueOrder.sort(this.dueBefore)
    // One that ends may take another with it: the loser of a race.
    for (const index of dueOrder)
      if (this.arena.generation[due[index]] === dueGeneration[index]) this.happen(what, due[index])
  }

  private readonly dueBefore = (a: number, b: number): number => (this.attemptBefore(this.due[a], this.due[b]) ? -1 : 1)

  private happen(what: number, entity: number): void {
    this.events++
    if (what === eventKind.end) this.endAttempt(entity)
    else if (what === eventKind.begin) this.begin(entity)
    else if (what === eventKind.failure) this.fail(entity)
    else if (what === eventKind.repair) this.repair(entity)
    else this.detect(entity)
  }

  /** Notes what is integrated up to the boundaries of warm-up and series that lie at or before t. */
  private passBoundaries(t: number): void {
    const { series } = this.collector
    while (series.nextS <= t) this.collector.noteSeries()
    if (!this.warm && t >= this.model.warmupS) {
      this.warm = true
      this.collector.warmedUp(this.model.warmupS)
    }
  }

  private finish(): void {
    const endS = Number.isFinite(this.model.horizonS) ? this.model.horizonS : this.now
    this.passBoundaries(endS)
    if (!this.warm) this.collector.warmedUp(endS)
    this.now = endS
    this.done = true
    const { state, stage } = this.arena
    for (let slot = 0; slot < this.arena.high; slot++) {
      if (state[slot] === slotState.lost) this.waste(slot)
      if (state[slot] !== slotState.free && stage[slot] === slot && state[slot] !== slotState.entry)
        this.leave(slot, 'unfinished', -1)
    }
  }

  private schedule(time: number, what: number, entity: number, generation: number): void {
    this.calendar.push(time, (entity << 3) | what, generation)
  }

  /** Order of attempts: (workload, job ordinal, stage, attempt). */
  private attemptBefore(a: number, b: number): boolean {
    const { template, ordinal, number } = this.arena
    const { workload } = this.model.stages
    const workloadA = workload[template[a]]
    const workloadB = workload[template[b]]
    if (workloadA !== workloadB) return workloadA < workloadB
    if (ordinal[a] !== ordinal[b]) return ordinal[a] < ordinal[b]
    return template[a] !== template[b] ? template[a] < template[b] : number[a] < number[b]
  }

  // ---------------------------------------------------------------- arrivals

  private arrive(): void {
    this.events++
    const { arena, model } = this
    const { workloads, stages, traces } = model
    const w = this.arrivals.topWorkload
    const ordinal = this.arrivals.topOrdinal
    const slot = arena.allocate()
    const template = workloads.stageStart[w]
    arena.template[slot] = template
    arena.ordinal[slot] = ordinal
    arena.submitS[slot] = this.now
    arena.deadlineS[slot] = this.now + workloads.deadlineS[w]
    arena.origin[slot] = this.drawOrigin(w, ordinal)
    if (workloads.arrivals[w] === 1) {
      const row = workloads.traceStart[w] + ordinal
      arena.stageClass[slot] = traces.class[row]
      arena.workS[slot] = traces.runS[row]
      arena.estimateS[slot] = traces.estimateS[row]
    } else {
      arena.stageClass[slot] = stages.class[template]
      arena.workS[slot] = this.drawWork(w, template, ordinal)
      arena.estimateS[slot] = stages.estimateS[template]
    }
    arena.retriesUsed[slot] = 0
    arena.attempts[slot] = 0
    arena.placed[slot] = 0
    arena.firstShadow[slot] = -1
    arena.stage[slot] = slot
    this.arrivals.pop()
    this.alive++
    this.collector.submitted(this.now)
    this.note('submit', slot, -1, -1)
    arena.key[slot] = this.order.key(this, slot)
    this.enqueue(slot)
  }

  private drawOrigin(w: number, ordinal: number): number {
    const { originStart, originCluster, originCumulative, hash } = this.model.workloads
    let i = originStart[w]
    const last = originStart[w + 1] - 1
    if (i === last) return originCluster[i]
    this.random.select(streams.origins, 0, hash[w], ordinal)
    const u = this.random.uniform()
    while (i < last && u >= originCumulative[i]) i++
    return originCluster[i]
  }

  private drawWork(w: number, template: number, ordinal: number): number {
    const { stages, workloads } = this.model
    this.random.select(streams.work, template - workloads.stageStart[w], workloads.hash[w], ordinal)
    return distributions[stages.work[template]].draw(this.random, stages.workA[template], stages.workB[template])
  }

  private enqueue(stage: number): void {
    this.arena.state[stage] = slotState.waiting
    this.collector.waiting.change(1, this.now)
    this.waiting.push(stage)
  }

  // ---------------------------------------------------------------- placing

  place(stage: number, choice: Choice): boolean {
    const { arena } = this
    if (arena.state[stage] !== slotState.waiting) throw new EngineError('place: the stage is not waiting')
    if (!this.fill(stage, stage, choice)) return false
    if (!this.waiting.remove(stage)) throw new EngineError('place: another stage of its class is before it')
    this.collector.waiting.change(-1, this.now)
    this.start(stage, stage, choice)
    return true
  }

  shadow(stage: number, choice: Choice): boolean {
    const { arena } = this
    if (arena.placed[stage] === 0) throw new EngineError('shadow: the stage is not placed')
    this.closeZones(stage, 1)
    const slot = arena.allocate()
    arena.template[slot] = arena.template[stage]
    arena.ordinal[slot] = arena.ordinal[stage]
    arena.stageClass[slot] = arena.stageClass[stage]
    arena.stage[slot] = stage
    const fits = this.fill(stage, slot, choice)
    this.closeZones(stage, -1)
    if (!fits) {
      arena.release(slot)
      return false
    }
    this.appendShadow(stage, slot)
    this.collector.shadowPlacements++
    this.start(stage, slot, choice)
    return true
  }

  /** Takes capacity for all tasks of the stage in one cluster, as entries of `slot`; nothing if they do not fit. */
  private fill(stage: number, slot: number, choice: Choice): boolean {
    const { classes } = this.model
    const stageClass = this.arena.stageClass[stage]
    const tasks = classes.tasks[stageClass]
    if (tasks === 1) {
      const node = choice.choose(this, stage)
      if (node < 0) return false
      this.takeEntry(slot, slot, node, 1)
      return true
    }
    const tried: number[] = []
    let filled = false
    while (!filled) {
      const node = choice.choose(this, stage)
      if (node < 0) break
      const cluster = this.model.nodeCluster[node]
      if (this.capacity.clusterFreeCpu[cluster] >= tasks * classes.cpuMilli[stageClass])
        filled = this.fillCluster(stage, slot, choice, node, cluster)
      if (filled) break
      this.closed[cluster]++
      tried.push(cluster)
    }
    for (const cluster of tried) this.closed[cluster]--
    return filled
  }

  /** Fills a gang into one cluster, from `node` on; takes nothing if it does not fit. */
  private fillCluster(stage: number, slot: number, choice: Choice, node: number, cluster: number): boolean {
    const { arena } = this
    const stageClass = arena.stageClass[stage]
    let left = this.model.classes.tasks[stageClass]
    let entry = -1
    this.onlyCluster = cluster
    while (node >= 0) {
      const tasks = Math.min(left, this.capacity.fitCount(node, stageClass))
      const next = entry < 0 ? slot : arena.allocate()
      if (entry >= 0) {
        arena.nextEntry[entry] = next
        arena.state[next] = slotState.entry
      }
      this.takeEntry(slot, next, node, tasks)
      entry = next
      left -= tasks
      if (left === 0) break
      node = choice.choose(this, stage)
    }
    this.onlyCluster = -1
    if (left > 0) this.giveBackEntries(slot)
    return left === 0
  }

  private takeEntry(owner: number, entry: number, node: number, tasks: number): void {
    const { arena } = this
    const { cpuMilli, memoryBytes, gpuMilli } = this.model.classes
    const stageClass = arena.stageClass[owner]
    arena.owner[entry] = owner
    arena.node[entry] = node
    arena.tasks[entry] = tasks
    arena.nextEntry[entry] = -1
    arena.burning[entry] = 0
    this.nodes.link(entry, node)
    this.capacity.take(
      node,
      tasks * cpuMilli[stageClass],
      tasks * memoryBytes[stageClass],
      tasks * gpuMilli[stageClass],
    )
  }

  /** Gives back what the entries of an attempt reserve, and their slots but the first. */
  private giveBackEntries(slot: number): void {
    const { arena } = this
    const { cpuMilli, memoryBytes, gpuMilli } = this.model.classes
    const stageClass = arena.stageClass[slot]
    for (let entry = slot; entry >= 0; ) {
      const next = arena.nextEntry[entry]
      const tasks = arena.tasks[entry]
      const node = arena.node[entry]
      this.nodes.unlink(entry, node)
      this.capacity.take(
        node,
        -tasks * cpuMilli[stageClass],
        -tasks * memoryBytes[stageClass],
        -tasks * gpuMilli[stageClass],
      )
      if (entry !== slot) arena.release(entry)
      entry = next
    }
    arena.nextEntry[slot] = -1
  }

  /** An attempt whose entries are taken is placed now: it begins when request and start-up are through. */
  private start(stage: number, slot: number, choice: Choice): void {
    const { arena, model } = this
    const number = arena.attempts[stage]++
    arena.number[slot] = number
    arena.placed[stage]++
    let last = slot
    let startupS = 0
    let speed = Number.POSITIVE_INFINITY
    let up = true
    for (let entry = slot; entry >= 0; entry = arena.nextEntry[entry]) {
      const group = model.nodeGroup[arena.node[entry]]
      startupS = Math.max(startupS, model.groups.startupS[group])
      speed = Math.min(speed, model.groups.speed[group])
      up = up && this.nodes.isUp(arena.node[entry])
      last = entry
    }
    choice.placed?.(arena.node[last])
    const node = arena.node[slot]
    const origin = arena.origin[stage]
    const w = model.stages.workload[arena.template[stage]]
    arena.runS[slot] = arena.workS[stage] / speed
    arena.faulty[slot] = this.drawFault(slot, w, number) ? 1 : 0
    this.collector.decided(this.now, w, arena.ordinal[stage], arena.template[stage], number, origin, node, choice.score)
    this.note('place', slot, number, node)
    arena.state[slot] = slotState.starting
    arena.beginS[slot] = this.now + model.latencyS[origin * model.clusters.count + model.nodeCluster[node]] + startupS
    if (!up) this.lose(slot)
    else if (arena.beginS[slot] === this.now) this.begin(slot)
    else this.schedule(arena.beginS[slot], eventKind.begin, slot, arena.generation[slot])
  }

  /** Whether the attempt will end of its own fault; if so its run time is cut short. */
  private drawFault(slot: number, w: number, attempt: number): boolean {
    const { arena, model } = this
    const template = arena.template[slot]
    const probability = model.stages.failureProbability[template]
    if (probability === 0) return false
    this.random.select(
      streams.faults,
      template - model.workloads.stageStart[w],
      model.workloads.hash[w],
      arena.ordinal[slot],
      attempt,
    )
    if (this.random.uniform() >= probability) return false
    arena.runS[slot] *= this.random.uniform()
    return true
  }

  private appendShadow(stage: number, slot: number): void {
    const { arena } = this
    arena.nextShadow[slot] = -1
    if (arena.firstShadow[stage] < 0) {
      arena.firstShadow[stage] = slot
      return
    }
    let last = arena.firstShadow[stage]
    while (arena.nextShadow[last] >= 0) last = arena.nextShadow[last]
    arena.nextShadow[last] = slot
  }

  /** Closes (1) or opens (−1) the clusters of all zones in which the stage has an attempt. */
  private closeZones(stage: number, by: number): void {
    const { arena } = this
    if (this.isPlaced(stage)) this.closeZone(stage, by)
    for (let slot = arena.firstShadow[stage]; slot >= 0; slot = arena.nextShadow[slot]) this.closeZone(slot, by)
  }

  private closeZone(slot: number, by: number): void {
    const { clusters, nodeCluster } = this.model
    const zone = clusters.zone[nodeCluster[this.arena.node[slot]]]
    for (let c = 0; c < clusters.count; c++) if (clusters.zone[c] === zone) this.closed[c] += by
  }

  private isPlaced(slot: number): boolean {
    const state = this.arena.state[slot]
    return state === slotState.starting || state === slotState.running || state === slotState.lost
  }

  // ---------------------------------------------------------------- attempts

  private begin(slot: number): void {
    const { arena, model } = this
    arena.state[slot] = slotState.running
    this.collector.running.change(1, this.now)
    const milli = model.classes.cpuMilli[arena.stageClass[slot]]
    for (let entry = slot; entry >= 0; entry = arena.nextEntry[entry]) {
      arena.burning[entry] = 1
      this.energy.changeUse(model.nodeGroup[arena.node[entry]], arena.tasks[entry] * milli, this.now)
    }
    this.note('begin', slot, arena.number[slot], arena.node[slot])
    const endS = this.now + arena.runS[slot]
    if (this.inRound && endS === this.now) this.endAtOnce.push(slot)
    else this.schedule(endS, eventKind.end, slot, arena.generation[slot])
  }

  /** The cores of an entry are no longer used. */
  private stopBurning(entry: number, milli: number): void {
    const { arena, model } = this
    if (arena.burning[entry] === 0) return
    arena.burning[entry] = 0
    this.energy.changeUse(model.nodeGroup[arena.node[entry]], -arena.tasks[entry] * milli, this.now)
  }

  private endAttempt(slot: number): void {
    const { arena } = this
    const stage = arena.stage[slot]
    const fault = arena.faulty[slot] === 1
    this.note(fault ? 'fault' : 'finish', slot, arena.number[slot], arena.node[slot])
    if (fault) {
      this.waste(slot)
      this.withdraw(slot)
      this.afterFault(stage)
      return
    }
    const winner = slot
    const cluster = this.model.nodeCluster[arena.node[slot]]
    const { end } = this
    end.beginS = arena.beginS[slot]
    end.runS = arena.runS[slot]
    this.withdraw(winner)
    if (arena.placed[stage] > 0) this.removeOthers(stage)
    this.note('complete', stage, -1, -1)
    this.leave(stage, 'completed', cluster)
  }

  private afterFault(stage: number): void {
    const { arena, model } = this
    arena.retriesUsed[stage]++
    if (arena.placed[stage] > 0) return
    if (arena.retriesUsed[stage] > model.workloads.retries[model.stages.workload[arena.template[stage]]]) {
      this.note('fail', stage, -1, -1)
      this.leave(stage, 'failed', -1)
    } else this.requeue(stage)
  }

  private requeue(stage: number): void {
    this.note('requeue', stage, -1, -1)
    this.enqueue(stage)
  }

  /** The stage is done: its other attempts are removed, by their number. */
  private removeOthers(stage: number): void {
    const { arena } = this
    if (this.isPlaced(stage)) this.remove(stage)
    while (arena.firstShadow[stage] >= 0) this.remove(arena.firstShadow[stage])
  }

  /** Takes an attempt away that did not end by itself. */
  private remove(slot: number): void {
    const { arena } = this
    this.waste(slot)
    this.note('remove', slot, arena.number[slot], arena.node[slot])
    this.withdraw(slot)
  }

  /** What an attempt has burnt was for nothing. */
  private waste(slot: number): void {
    for (let entry = slot; entry >= 0; entry = this.arena.nextEntry[entry]) this.wasteEntry(entry)
  }

  /** Counted when its cores are no longer used: what a gang burns on after it lost a node is wasted too. */
  private wasteEntry(entry: number): void {
    const { arena, model } = this
    if (arena.burning[entry] === 0) return
    const owner = arena.owner[entry]
    const cores = (arena.tasks[entry] * model.classes.cpuMilli[arena.stageClass[owner]]) / 1000
    this.collector.wastedCoreS += cores * (this.now - arena.beginS[owner])
  }

  /** Releases all that an attempt holds; a shadow's slot goes, that of the stage stays. */
  private withdraw(slot: number): void {
    const { arena, model, waiting } = this
    const stage = arena.stage[slot]
    const milli = model.classes.cpuMilli[arena.stageClass[slot]]
    if (arena.state[slot] === slotState.running) this.collector.running.change(-1, this.now)
    for (let entry = slot; entry >= 0; entry = arena.nextEntry[entry]) this.stopBurning(entry, milli)
    if (waiting.count > 0) this.giveBackAndTell(slot)
    else this.giveBackEntries(slot)
    arena.placed[stage]--
    arena.generation[slot]++
    arena.state[slot] = slotState.idle
    if (slot === stage) return
    this.unlinkShadow(stage, slot)
    arena.release(slot)
  }

  private giveBackAndTell(slot: number): void {
    const { arena } = this
    const nodes: number[] = []
    if (arena.nextEntry[slot] >= 0)
      for (let entry = arena.nextEntry[slot]; entry >= 0; entry = arena.nextEntry[entry]) nodes.push(arena.node[entry])
    this.giveBackEntries(slot)
    this.waiting.capacityReturned(arena.node[slot])
    for (const node of nodes) this.waiting.capacityReturned(node)
  }

  private unlinkShadow(stage: number, slot: number): void {
    const { arena } = this
    if (arena.firstShadow[stage] === slot) {
      arena.firstShadow[stage] = arena.nextShadow[slot]
      return
    }
    let before = arena.firstShadow[stage]
    while (arena.nextShadow[before] !== slot) before = arena.nextShadow[before]
    arena.nextShadow[before] = arena.nextShadow[slot]
  }

  /** The job of a stage leaves the system; `cluster` is where it completed, `end` holds its begin and run time. */
  private leave(stage: number, outcome: Outcome, cluster: number): void {
    const { arena, model, end } = this
    const w = model.stages.workload[arena.template[stage]]
    end.workload = w
    end.ordinal = arena.ordinal[stage]
    end.submitS = arena.submitS[stage]
    end.deadlineS = model.workloads.deadlineS[w]
    end.origin = arena.origin[stage]
    end.attempts = arena.attempts[stage]
    end.cluster = cluster
    if (outcome === 'completed') {
      end.latencyS = this.now - end.submitS + model.latencyS[cluster * model.clusters.count + end.origin]
    } else {
      end.beginS = Number.NaN
      end.runS = Number.NaN
      end.latencyS = Number.NaN
    }
    this.collector.ended(end, outcome, this.now)
    if (outcome === 'unfinished') return
    this.alive--
    arena.release(stage)
  }

  // ---------------------------------------------------------------- failures of nodes

  private fail(failure: number): void {
    const { failures } = this.model
    if (failures.forS[failure] !== Number.POSITIVE_INFINITY)
      this.schedule(this.now + failures.forS[failure], eventKind.repair, failure, 0)
    for (let i = failures.nodeStart[failure]; i < failures.nodeStart[failure + 1]; i++) this.takeDown(failures.nodes[i])
  }

  private takeDown(node: number): void {
    const { model, nodes } = this
    if (!nodes.takeDown(node)) return
    this.noteNode('node-down', node)
    this.energy.changeUp(model.nodeGroup[node], -1, this.now)
    for (const slot of this.attemptsOn(node)) if (this.arena.state[slot] !== slotState.lost) this.lose(slot)
    this.stopNode(node)
    const generation = nodes.expectDetection(node)
    this.schedule(this.now + model.clusters.detectionS[model.nodeCluster[node]], eventKind.detection, node, generation)
  }

  /** An attempt will neither begin nor end; what it reserves stays reserved until that is known. */
  private lose(slot: number): void {
    const { arena } = this
    if (arena.state[slot] === slotState.running) this.collector.running.change(-1, this.now)
    arena.state[slot] = slotState.lost
    arena.generation[slot]++
    this.collector.lostAttempts++
    this.note('lost', slot, arena.number[slot], arena.node[slot])
  }

  /** Nothing runs on a node that is down; what did is lost. */
  private stopNode(node: number): void {
    const { arena, model } = this
    for (let entry = this.nodes.first[node]; entry >= 0; entry = arena.nextOnNode[entry]) {
      this.wasteEntry(entry)
      this.stopBurning(entry, model.classes.cpuMilli[arena.stageClass[arena.owner[entry]]])
    }
  }

  private detect(node: number): void {
    this.nodes.forgetDetection(node)
    this.noteNode('node-detected', node)
    this.capacity.setReady(node, false)
    this.clearNode(node)
  }

  /** Removes what was placed on a node; stages that have no other attempt wait again. */
  private clearNode(node: number): void {
    const { arena } = this
    for (const slot of this.attemptsOn(node)) {
      const stage = arena.stage[slot]
      this.remove(slot)
      if (arena.placed[stage] === 0) this.requeue(stage)
    }
  }

  private repair(failure: number): void {
    const { failures } = this.model
    for (let i = failures.nodeStart[failure]; i < failures.nodeStart[failure + 1]; i++) this.bringUp(failures.nodes[i])
  }

  private bringUp(node: number): void {
    const { nodes } = this
    if (!nodes.bringUp(node)) return
    if (nodes.isExpected(node)) {
      nodes.forgetDetection(node)
      this.clearNode(node)
    }
    this.noteNode('node-up', node)
    this.energy.changeUp(this.model.nodeGroup[node], 1, this.now)
    this.capacity.setReady(node, true)
    this.waiting.capacityReturned(node)
  }

  /** Attempts with tasks on the node, in order. */
  private attemptsOn(node: number): number[] {
    const { arena } = this
    const slots: number[] = []
    for (let entry = this.nodes.first[node]; entry >= 0; entry = arena.nextOnNode[entry]) slots.push(arena.owner[entry])
    return slots.sort((a, b) => (this.attemptBefore(a, b) ? -1 : 1))
  }

  // ---------------------------------------------------------------- what a policy sees and answers

  head(): number {
    return this.waiting.decidable ? this.waiting.head : -1
  }

  skip(): void {
    this.waiting.skip()
  }

  hold(): void {
    this.waiting.hold()
  }

  classOf(stage: number): number {
    return this.arena.stageClass[stage]
  }

  workloadOf(stage: number): number {
    return this.model.stages.workload[this.arena.template[stage]]
  }

  originOf(stage: number): number {
    return this.arena.origin[stage]
  }

  submitTimeOf(stage: number): number {
    return this.arena.submitS[stage]
  }

  deadlineOf(stage: number): number {
    return this.arena.deadlineS[stage]
  }

  estimateOf(stage: number): number {
    return this.arena.estimateS[stage]
  }

  open(group: number): boolean {
    const cluster = this.model.groups.cluster[group]
    return this.closed[cluster] === 0 && (this.onlyCluster < 0 || this.onlyCluster === cluster)
  }

  firstFit(stage: number): number {
    const { classes } = this.model
    const stageClass = this.arena.stageClass[stage]
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      const node = this.open(group) ? this.capacity.firstFit(group, stageClass) : -1
      if (node >= 0) return node
    }
    return -1
  }

  firstFitIn(stage: number, group: number): number {
    return this.capacity.firstFit(group, this.arena.stageClass[stage])
  }

  nextFit(stage: number, from: number): number {
    const { classes } = this.model
    const stageClass = this.arena.stageClass[stage]
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      const node = this.open(group) ? this.capacity.firstFit(group, stageClass, from) : -1
      if (node >= 0) return node
    }
    return from > 0 ? this.firstFit(stage) : -1
  }

  bestFit(stage: number): number {
    return this.bestOf(stage, true)
  }

  leastAllocated(stage: number): number {
    return this.bestOf(stage, false)
  }

  /** The best of each group's best; the lowest index among equals. */
  private bestOf(stage: number, least: boolean): number {
    const { classes } = this.model
    const { capacity } = this
    const stageClass = this.arena.stageClass[stage]
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

  reject(stage: number): void {
    if (this.arena.state[stage] !== slotState.waiting) throw new EngineError('reject: the stage is not waiting')
    if (!this.waiting.remove(stage)) throw new EngineError('reject: another stage of its class is before it')
    this.collector.waiting.change(-1, this.now)
    this.note('reject', stage, -1, -1)
    this.leave(stage, 'rejected', -1)
  }

  deferUntil(): void {
    throw new EngineError('deferUntil: this engine cannot defer yet')
  }

  preempt(): void {
    throw new EngineError('preempt: this engine cannot preempt yet')
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

  // ---------------------------------------------------------------- the log

  private note(what: LogKind, slot: number, attempt: number, node: number): void {
    if (this.log === null) return
    const { arena, model } = this
    this.log.push(this.now, kind[what], model.stages.workload[arena.template[slot]], arena.ordinal[slot], attempt, node)
  }

  private noteNode(what: LogKind, node: number): void {
    this.log?.push(this.now, kind[what], -1, -1, -1, node)
  }
}
