/**
 * What a policy is, sees and may answer. A policy is composed: order × blocking × choice of node × wrappers; a
 * whole-set solver implements `decide` by itself. The same code runs in simulation, planner, scheduler extender
 * and learning environment, so it only ever meets this interface.
 */
import type { Model } from '../model.ts'
import type { Tally } from '../node-watch.ts'
import type { Preferences } from '../preferences.ts'
import type { OptionSchema } from '../schema.ts'

/**
 * One decision point. Stages and attempts are named by slots (small integers, valid within the pass). Answers take
 * effect at once: the view shows the capacity that is left. What is left alone goes on waiting.
 */
export interface Pass {
  readonly model: Model
  /** Seconds since `spec.start`. */
  readonly now: number

  // --- the waiting set: ordered by (policy's key, submission, workload, ordinal, stage)
  /** First waiting stage whose class was not passed over since capacity last returned; −1 when there is none. */
  head(): number
  /** Passes over the head's class until capacity returns: no stage of it can fit now. */
  skip(): void
  /**
   * The head holds up the rest: the policy need not be asked again until capacity returns or the head changes. False: it
   * must run beside stages that are nowhere, and may stand behind it, and was passed over instead.
   */
  hold(): boolean

  // --- looking ahead, by the expected ends of what runs: placement + way out + start-up + estimate · factor / speed
  /** To be called before all that follows, best before the first placement: what is to come is kept from then on. */
  lookAhead(): void
  /**
   * Reserves for a stage that does not fit: the earliest time at which it will if every attempt ends when expected (one
   * that is overdue: now), and begins a round of candidates. A stage that would not fit then either holds up nobody.
   */
  reserve(stage: number, choice: Choice, kind: ReservationKind): void
  /** Tells what is placed, by expected end (one that is overdue: now): each attempt with its tasks on each of its nodes. */
  expect(each: ExpectedTasks): void
  /** Order of attempts: by workload, job, stage and number. */
  isBefore(attempt: number, other: number): boolean
  /** When an attempt begins; Infinity while that is not known. */
  beginOf(attempt: number): number
  /**
   * The next waiting stage in order, but the reserved one, that might start now; −1. Passed over are those that are known
   * not to fit, and those that are not shorter than one of the same request that was refused since the last placement.
   */
  candidate(): number
  /** Places a candidate if it fits and does not delay the reserved stage. */
  placeBeside(stage: number, choice: Choice): boolean
  /**
   * Begins a plan: a profile of what will be free, in which nothing is reserved, or where reservations are `kept` those
   * of earlier plans are.
   */
  plan(kept: boolean): void
  /**
   * Places a stage where it fits for all its expected time from now on, else reserves the earliest such time; a kept
   * reservation is only looked at again when it has come, or when anything was given back.
   */
  startOrPlan(stage: number, choice: Choice): boolean
  /** The first waiting stage after one (−1: of all) in order, fitting or not; −1. */
  following(stage: number): number

  // --- a stage
  classOf(stage: number): number
  workloadOf(stage: number): number
  /** Index of the stage in `model.stages`. */
  templateOf(stage: number): number
  /** A number of the stage's job that no other job of the run ever has. */
  jobOf(stage: number): number
  /** Whether the job of that number is still in the system. */
  isAlive(job: number): boolean
  /** Cluster where its user is. */
  originOf(stage: number): number
  submitTimeOf(stage: number): number
  /** Seconds since its job was submitted; under `compat: rlscheduler` what that system takes for it. */
  waitedOf(stage: number): number
  /** Absolute; Infinity without. */
  deadlineOf(stage: number): number
  /** Seconds at speed 1: what the policy may know about the work. */
  estimateOf(stage: number): number
  /** What of the estimate is not kept by a checkpoint. */
  leftOf(stage: number): number
  /** The estimate on a node of the group: its speed, and the factor of wasm or emulation there. */
  runTimeOn(stage: number, group: number): number

  /** Seconds until request and data would have arrived on a cluster, over links that nobody else uses. */
  wayOut(stage: number, cluster: number): number
  /** Seconds that its answer would take from there to the origin, likewise. */
  wayBack(stage: number, cluster: number): number
  /** Bytes that the stage needs and that lie elsewhere than on a cluster. */
  bytesTo(stage: number, cluster: number): number
  /** False where the origin is known to be cut off from the cluster: nothing can be placed there. */
  reaches(stage: number, cluster: number): boolean

  /**
   * A uniform number of the policies' own stream: the same for the same attempt of the same stage and the same index
   * (below 65,536), whatever else is drawn.
   */
  draw(stage: number, index: number): number

  // --- capacity: nodes that the control plane believes ready, of groups that are open; −1 when none fits one task
  /** Whether the group's cluster is not closed for the placement in hand (gangs stay in one cluster, shadows leave the zone). */
  open(group: number): boolean
  /** Millicores, bytes and milli-GPU that are free on a node (of GPUs the most that one request can get). */
  freeOn(node: number): readonly [number, number, number]
  /** Whether the control plane believes that the node is there. */
  ready(node: number): boolean
  firstFit(stage: number): number
  firstFitIn(stage: number, group: number): number
  /** Whether a task fits on a node of a group that is open and eligible. */
  fits(stage: number, node: number): boolean
  /** Whether what runs elsewhere lets the stage onto a node by its affinity, anti-affinity and spread, whatever room there is. */
  admits(stage: number, node: number): boolean
  /** What a class prefers of nodes and of those that run there; null where that is the same for all nodes. */
  preferences(stageClass: number): Preferences | null
  /** First fit at or after `from`, then from the begin. */
  nextFit(stage: number, from: number): number
  /** Fewest free millicores, lowest index. */
  bestFit(stage: number): number
  /** Most free millicores, lowest index. */
  leastAllocated(stage: number): number
  bestFitIn(stage: number, group: number): number
  leastAllocatedIn(stage: number, group: number): number
  /** Highest score, lowest index. What did not change since it was asked last is not scored again. */
  highest(stage: number, scorer: Scorer): number
  /** Up to so many nodes of a cluster on which a task fits, by score, highest first, then by index. */
  ranked(stage: number, scorer: Scorer, cluster: number, count: number): readonly number[]
  freeCpu(node: number): number
  freeMemory(node: number): number
  /** Free milli-GPU of each GPU of a node. */
  freeGpus(node: number): readonly number[]
  /** Counts, from now on, the tasks on each node by kind (of each class; −1: not counted). */
  tally(kindOf: Int32Array, kinds: number): Tally

  // --- answers; those that this engine cannot do yet throw EngineError
  /** Places all tasks of a waiting stage, node by node as `choice` says, within one cluster; false if they do not fit. */
  place(stage: number, choice: Choice): boolean
  /**
   * Starts another attempt of a placed stage in a zone that none of its attempts uses; false if none fits. One that
   * stands by only reserves, until the stage has no other attempt.
   */
  shadow(stage: number, choice: Choice, standby?: boolean): boolean
  /** Ends the job of a waiting stage as rejected. */
  reject(stage: number): void
  /** A waiting stage is not looked at before that time, which must be to come. */
  deferUntil(stage: number, time: number): void
  /**
   * A stage with checkpoints that was just placed runs until that time at most: then it is taken from its nodes with all
   * that it has done, and waits again.
   */
  suspendAt(stage: number, time: number): void
  /**
   * An attempt makes way `graceS` later, unless it has ended by then: what it has saved is kept, and its stage waits
   * again (unless another attempt of it is active) without having used up a retry.
   */
  preempt(attempt: number, graceS: number): void
  migrate(stage: number, choice: Choice): void
  power(node: number, on: boolean): void
  scale(service: number, replicas: number): void
}

/**
 * What a stage behind a blocked head must not do. All: end later than the head is expected to start, or else — count:
 * leave too little for the head then on the cluster where it will go; hosts: use nodes that the head would get; time:
 * nothing else will do.
 */
export type ReservationKind = 'count' | 'time' | 'hosts'

/** Tasks of a class on a node, the workload and attempt that they belong to, and when they are expected to end. */
export type ExpectedTasks = (
  node: number,
  stageClass: number,
  tasks: number,
  endS: number,
  workload: number,
  attempt: number,
) => void

/** Queue order: stages with lower keys come first. */
export interface Order {
  /** Never NaN. Fixed while a stage waits, unless the order changes. */
  readonly key: (pass: Pass, stage: number) => number
  /** Whether keys depend on the time: then all that wait are given theirs anew, and a pass is made, in every round. */
  readonly changes?: boolean
}

/** Ranks nodes. */
export interface Scorer {
  /**
   * The higher, the better, and never NaN; for a task of the class on a node on which it fits. It may depend on nothing
   * but the class and the node: what is free there, and what a tally has counted there.
   */
  score(pass: Pass, stageClass: number, node: number): number
}

/** Choice of a node for one task. */
export interface Choice {
  /** Node for the next task of the stage, or −1. Must not change anything: `placed` tells it what was taken. */
  choose(pass: Pass, stage: number): number
  /** Told after all tasks were placed, with the last node chosen. */
  placed?(node: number): void
  /** The GPU, from 0, of a node for a task that asks for a part of one. Absent: the one with the least free that suffices. */
  gpu?(pass: Pass, stageClass: number, node: number): number
  /** Whether all stages of a class would get the same nodes. */
  readonly alike?: boolean
  /** What the last `choose` minimised, in the policy's own unit; NaN where it has none. */
  readonly score: number
}

export interface Policy {
  readonly order: Order
  decide(pass: Pass): void
}

export interface PolicyEntry {
  readonly name: string
  /** Other names that it is asked for by. */
  readonly aliases?: readonly string[]
  /** One line for `--help`, the schema and the report. */
  readonly summary: string
  /** Options with their defaults, as properties of an object. */
  readonly options: Readonly<Record<string, OptionSchema>>
  /** A fresh policy for one run; options are complete and valid. */
  readonly create: (options: Readonly<Record<string, unknown>>) => Policy
}

/** Told after a stage was placed: the hook of wrappers such as shadows. */
export type AfterPlacement = (pass: Pass, stage: number, choice: Choice) => void
