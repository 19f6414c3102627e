/**
 * Everything that one run holds: the state that the files beside this one (jobs, placing, attempts, node-failures) act
 * upon. No behaviour of its own but the log.
 */
import { Arena } from './arena.ts'
import { Arrivals } from './arrivals.ts'
import { Calendar, eventKind } from './calendar.ts'
import { Capacity } from './capacity.ts'
import { Clock } from './clock.ts'
import { Collector, type JobEnd } from './collect.ts'
import type { Compat } from './compat.ts'
import { Contention, isElastic } from './contention.ts'
import { EffectsInForce } from './effects.ts'
import { Energy } from './energy.ts'
import { EngineError } from './engine-error.ts'
import { kindBits, kindMask } from './event-heap.ts'
import type { Future } from './future.ts'
import { kind, type LogKind, Rows } from './log.ts'
import type { Model, Stages } from './model.ts'
import { Network } from './network.ts'
import { NodeStates } from './node-states.ts'
import { OrderedWaiting } from './ordered-waiting.ts'
import type { Outside } from './outside.ts'
import type { Order, Pass } from './policies/policy.ts'
import { createQuotas, type Quotas } from './quotas.ts'
import { Random } from './random.ts'
import { StickyWaiting } from './sticky-waiting.ts'
import { Triggers } from './triggers.ts'
import { View } from './view.ts'
import { Waiting, type WaitingSet } from './waiting.ts'

export interface RunOptions {
  /** Part of the random key: runs of other replications meet other luck. */
  readonly replication: number
  /** A published system whose way of running is followed: see `compat.ts`. */
  readonly compat?: Compat | null
  /** Nodes may go down though no failure of the model takes them: what is placed on each is kept. */
  readonly nodesMayFail?: boolean
  /** Time series are recorded unless this says false. */
  readonly record?: {
    readonly jobs?: boolean
    readonly decisions?: boolean
    readonly events?: boolean
    readonly series?: boolean
  }
  /** What is free, where that is kept beyond this run; what the run still has at its end it has not given back. */
  readonly capacity?: Capacity
}

export class Run {
  readonly model: Model
  readonly order: Order
  readonly compat: Compat | null
  readonly clock = new Clock()
  readonly random: Random
  readonly arena = new Arena()
  readonly calendar = new Calendar(this)
  readonly arrivals: Arrivals
  /** Another one only while it is asked what would fit at another time. */
  capacity: Capacity
  waiting: WaitingSet
  /** What runs by its expected ends; null until a policy looks ahead. */
  future: Future | null = null
  readonly nodes: NodeStates
  readonly network: Network
  /** Null where cores are never asked for twice and no node slows down: then an attempt's end is known at its begin. */
  readonly contention: Contention | null
  /** Effects in force on each node that is slow, and on each pair of clusters whose latency is inflated. */
  readonly slowed = new EffectsInForce()
  readonly inflated = new EffectsInForce()
  readonly triggers: Triggers
  /** Null where no tenant has one. */
  readonly quotas: Quotas | null
  readonly energy: Energy
  readonly collector: Collector
  readonly log: Rows | null
  /** What policies see of this run, and how they answer. */
  readonly view: Pass
  /** Who says how attempts and nodes fare, where that is not simulated. */
  outside: Outside | null = null
  /** Jobs in the system. */
  alive = 0
  /** Stages that nobody comes after. */
  readonly sinks: Uint8Array
  private isPassOpen = false
  /** Whether a round is under way, and the kind of event that happens in it. */
  inRound = false
  kindNow = -1
  /** What a round brought about at its own instant in a kind that is over: code and generation, for the next round. */
  private readonly nextRound: number[] = []
  /** Clusters closed for the placement in hand, counted; and the only one open for a gang that has begun to fill (−1: all). */
  readonly closed: Int32Array
  onlyCluster = -1
  /** The job that ends now: one record, filled anew each time. */
  readonly end: JobEnd = {
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
    this.compat = options.compat ?? null
    this.log = options.record?.events === true ? new Rows(7) : null
    this.random = new Random(model.seed, options.replication)
    this.arrivals = new Arrivals(model, this.random)
    this.capacity = options.capacity ?? new Capacity(model)
    this.network = new Network(this)
    this.waiting = new Waiting(this.arena, model, this.capacity, this.network.canBeCut)
    this.nodes = new NodeStates(model, this.arena, options.nodesMayFail === true)
    this.contention = isElastic(model) ? new Contention(this) : null
    this.triggers = new Triggers(model.triggers)
    this.quotas = createQuotas(this, model)
    this.sinks = sinksOf(model.stages)
    this.energy = new Energy(model, this.clock)
    this.collector = new Collector(model, this.clock, this.energy, options.record ?? {})
    this.closed = new Int32Array(model.clusters.count)
    this.view = new View(this)
  }

  /** Classes that others kept off their nodes may fit now: those that were passed over are tried again. */
  tellEased(): void {
    const { neighbours } = this.capacity
    if (neighbours === null || !neighbours.isAnyEased) return
    this.waiting.eased(neighbours.isEased)
    neighbours.forgetEased()
    this.isPassOpen ||= !this.inRound
  }

  /** Whether the pass that was made placed what others wait for: then another one is made at the same instant. */
  takeOpenPass(): boolean {
    const isOpen = this.isPassOpen
    this.isPassOpen = false
    return isOpen && this.isDecisionDue()
  }

  /** From now on any waiting stage may be placed; see `OrderedWaiting`. */
  lookAhead(forgetful: boolean): OrderedWaiting {
    const { arena, capacity, waiting, model } = this
    if (!(waiting instanceof Waiting)) throw new EngineError('lookAhead: twice')
    const ordered = new (this.compat === null ? OrderedWaiting : StickyWaiting)(
      waiting,
      arena,
      capacity,
      model.classes,
      forgetful,
    )
    this.waiting = ordered
    return ordered
  }

  get now(): number {
    return this.clock.now
  }

  /** Whether the policy should be asked; what waits is put in the order of now, where that changes. */
  isDecisionDue(): boolean {
    const { arena, order, view, waiting } = this
    if (order.changes === true && waiting.count > 0)
      waiting.reorder(stage => arena.setKey(stage, order.key(view, stage)))
    return waiting.decidable
  }

  /** Whether an entry of the calendar means nothing any more; it never will again. */
  stale(code: number, generation: number): boolean {
    const entity = code >> kindBits
    switch (code & kindMask) {
      case eventKind.end:
      case eventKind.begin:
        return this.arena.generation(entity) !== generation
      case eventKind.share:
        return (this.contention as Contention).generation[entity] !== generation
      case eventKind.transfer:
        return this.network.transferGeneration[entity] !== generation
      case eventKind.cancel:
        return this.arena.jobGeneration(entity) !== generation
      case eventKind.detection:
        return this.nodes.detectionGeneration[entity] !== generation
      case eventKind.linkDetection:
        return this.network.detectionGeneration[entity] !== generation
      case eventKind.timer:
        return this.arena.generation(entity >> 2) !== generation
      case eventKind.trigger:
        return this.triggers.generation[entity] !== generation
      default:
        return false
    }
  }

  schedule(time: number, what: number, entity: number, generation: number): void {
    this.calendar.pushTime[0] = time
    this.schedulePushed(what, entity, generation)
  }

  /** The same at `calendar.pushTime`: for what happens with every job, since a time handed on is boxed. */
  schedulePushed(what: number, entity: number, generation: number): void {
    const { calendar } = this
    if (what <= this.kindNow && calendar.pushTime[0] === this.now)
      this.nextRound.push((entity << kindBits) | what, generation)
    else calendar.push((entity << kindBits) | what, generation)
  }

  /** The round's events are through: what they left for the next one goes on the calendar. */
  endRound(): void {
    this.inRound = false
    this.kindNow = -1
    if (this.nextRound.length > 0) this.flushRound()
  }

  private flushRound(): void {
    const { calendar, nextRound } = this
    for (let i = 0; i < nextRound.length; i += 2) {
      calendar.pushTime[0] = this.now
      calendar.push(nextRound[i], nextRound[i + 1])
    }
    nextRound.length = 0
  }

  /** Workload of a slot's job. */
  workloadOf(slot: number): number {
    return this.model.stages.workload[this.arena.template(slot)]
  }

  /** A row about a stage or an attempt of it (−1: about the stage or the job as such). */
  note(what: LogKind, slot: number, attempt: number, node: number): void {
    if (this.log === null) return
    const { arena } = this
    this.log.push(this.now, kind[what], this.workloadOf(slot), arena.ordinal(slot), attempt, node, arena.template(slot))
  }

  /** A row about a job. */
  noteJob(what: LogKind, job: number): void {
    if (this.log === null) return
    this.log.push(this.now, kind[what], this.workloadOf(job), this.arena.ordinal(job), -1, -1, -1)
  }

  /** A row about a node, or a pair of clusters. */
  noteNode(what: LogKind, node: number): void {
    this.log?.push(this.now, kind[what], -1, -1, -1, node, -1)
  }

  noteTrigger(trigger: number): void {
    this.log?.push(this.now, kind.trigger, -1, trigger, -1, -1, -1)
  }
}

function sinksOf({ count, predecessors }: Stages): Uint8Array {
  const sinks = new Uint8Array(count).fill(1)
  for (const stage of predecessors) sinks[stage] = 0
  return sinks
}
