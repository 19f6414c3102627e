/**
 * Everything that one run holds: the state that the files beside this one (jobs, placing, attempts, node-failures) act
 * upon. No behaviour of its own but the log.
 */
import { Arena } from './arena.ts'
import { Arrivals } from './arrivals.ts'
import { Calendar } from './calendar.ts'
import { Capacity } from './capacity.ts'
import { Collector, type JobEnd } from './collect.ts'
import { Energy } from './energy.ts'
import { kind, type LogKind, Rows } from './log.ts'
import type { Model } from './model.ts'
import { NodeStates } from './node-states.ts'
import type { Order, Pass } from './policies/policy.ts'
import { Random } from './random.ts'
import { View } from './view.ts'
import { Waiting } from './waiting.ts'

export interface RunOptions {
  /** Part of the random key: runs of other replications meet other luck. */
  readonly replication: number
  readonly record?: { readonly jobs?: boolean; readonly decisions?: boolean; readonly events?: boolean }
}

export class Run {
  readonly model: Model
  readonly order: Order
  now = 0
  readonly random: Random
  readonly arena = new Arena()
  readonly calendar = new Calendar()
  readonly arrivals: Arrivals
  readonly capacity: Capacity
  readonly waiting: Waiting
  readonly nodes: NodeStates
  readonly energy: Energy
  readonly collector: Collector
  readonly log: Rows | null
  /** What policies see of this run, and how they answer. */
  readonly view: Pass
  /** Jobs in the system. */
  alive = 0
  /** Whether a round is under way: what it brings about in an earlier kind belongs to the next one. */
  inRound = false
  readonly endAtOnce: number[] = []
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
    this.log = options.record?.events === true ? new Rows(7) : null
    this.random = new Random(model.seed, options.replication)
    this.arrivals = new Arrivals(model, this.random)
    this.capacity = new Capacity(model)
    this.waiting = new Waiting(this.arena, model, this.capacity)
    this.nodes = new NodeStates(model, this.arena)
    this.energy = new Energy(model)
    this.collector = new Collector(model, this.energy, options.record ?? {})
    this.closed = new Int32Array(model.clusters.count)
    this.view = new View(this)
  }

  schedule(time: number, what: number, entity: number, generation: number): void {
    this.calendar.push(time, (entity << 4) | what, generation)
  }

  /** Workload of a slot's job. */
  workloadOf(slot: number): number {
    return this.model.stages.workload[this.arena.template[slot]]
  }

  /** A row about a stage or an attempt of it (−1: about the stage or the job as such). */
  note(what: LogKind, slot: number, attempt: number, node: number): void {
    if (this.log === null) return
    const { template, ordinal } = this.arena
    this.log.push(this.now, kind[what], this.workloadOf(slot), ordinal[slot], attempt, node, template[slot])
  }

  /** A row about a job. */
  noteJob(what: LogKind, job: number): void {
    if (this.log === null) return
    this.log.push(this.now, kind[what], this.workloadOf(job), this.arena.ordinal[job], -1, -1, -1)
  }

  noteNode(what: LogKind, node: number): void {
    this.log?.push(this.now, kind[what], -1, -1, -1, node, -1)
  }
}
