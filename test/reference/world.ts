/**
 * The state of the slow, obvious simulation: plain objects and lists, no index, nothing cached. Every question is
 * answered by looking at everything. Rules: ARCHITECTURE.md, "What a run means, exactly".
 */
import type { Model } from '../../engine/model.ts'
import { Random } from '../../engine/random.ts'
import { createLink, type Link } from './links.ts'
import { drawOutage, type Member } from './members.ts'
import type { Mutation } from './mutations.ts'
import type { Decision, LogRow } from './notes.ts'
import { isElastic } from './progress.ts'
import { createTrigger, type Trigger } from './triggers.ts'

export interface Node {
  index: number
  group: number
  cluster: number
  free: Amount
  /** Effects that hold it down; empty: it is up. */
  heldBy: Set<number>
  /** What the control plane believes. */
  ready: boolean
  /** When the control plane will learn that it is down; Infinity: nothing to learn. */
  detectAt: number
  /** Effects that slow it down. */
  slowedBy: Set<number>
  /** Seconds that a task alone on it would have run so far, as of `sinceS`. */
  progressS: number
  sinceS: number
  /** What is placed on it. */
  entries: Entry[]
}

export interface Amount {
  cpuMilli: number
  memoryBytes: number
  /** Of each of its devices. */
  gpuMilli: number[]
}

/** Tasks of one attempt on one node, in the order in which the nodes were chosen. */
export interface Share {
  node: Node
  tasks: number
  /** What it took of each device. */
  gpuMilli: number[]
  /** Progress of the node at its begin, and that at which it is over (both only in an elastic model). */
  fromS: number
  toS: number
  /** Piece of its job's course that is in force; −1: its use is that of its class. */
  piece: number
  /** Its tasks have done their work, though others of the attempt have not: it uses no cores any more. */
  over: boolean
  /** The node went down: even if it comes up again these tasks do not go on. */
  stopped: boolean
}

export interface Attempt {
  stage: Stage
  number: number
  cluster: number
  shares: Share[]
  /** Of the slowest of its nodes. */
  speed: number
  /** The greatest of its nodes. */
  factor: number
  /** Work of its stage that it found saved, and that was left. */
  resumedS: number
  leftS: number
  /** Seconds from begin to end, alone on nodes that are not slow. */
  runS: number
  /** Only reserves, until the stage has no other attempt. */
  standby: boolean
  /** Of the slowest of its nodes. */
  startupS: number
  /** Messages that it waits for; the latest arrival of the others; when it could begin (Infinity: not known yet). */
  underWay: number
  arrivedS: number
  readyS: number
  /** Infinity: not known yet. */
  beginS: number
  endS: number
  /** Ends by a fault of its own. */
  faulty: boolean
  begun: boolean
  lost: boolean
  /** Core-seconds burnt so far. */
  burntCoreS: number
}

/** An attempt with its share of one node. */
export interface Entry {
  attempt: Attempt
  share: Share
}

export interface Stage {
  job: Job
  /** In the model. */
  index: number
  class: number
  /** Seconds at speed 1. */
  workS: number
  estimateS: number
  waiting: boolean
  /** Attempts that are placed now. */
  placed: Attempt[]
  attemptsSoFar: number
  retriesUsed: number
  /** The attempt that completed it. */
  winner: Attempt | null
  /** The most work that any of its attempts saved, and on whose first node. */
  saved: { workS: number; node: Node } | null
}

export interface Job {
  workload: number
  ordinal: number
  submitS: number
  origin: number
  /** In order. */
  stages: Stage[]
  outcome: 'alive' | 'completed' | 'failed' | 'cancelled'
  /** When it left. */
  endS: number
  /** Answers under way, and the latest arrival of the others. */
  answersUnderWay: number
  answeredS: number
  /** The attempt that completed its last stage. */
  lastWinner: Attempt | null
}

export interface World {
  model: Model
  mutation: Mutation
  random: Random
  now: number
  nodes: Node[]
  /** What fails at random. */
  members: Member[]
  triggers: Trigger[]
  /** Effects in force on latencies. */
  inflations: Set<number>
  /** By pair: from · clusters + to. */
  links: Link[]
  /** Run times depend on what else runs. */
  elastic: boolean
  /** Stages that count towards quotas, and those that are held by them. */
  admitted: Stage[]
  held: Stage[]
  /** Jobs in the system, and those that have left it. */
  alive: Job[]
  ended: Job[]
  /** Per scheduled failure: whether it happened, and whether it was repaired. */
  failed: boolean[]
  repaired: boolean[]
  log: LogRow[]
  decisions: Decision[]
  lostAttempts: number
  wastedCoreS: number
  shadowPlacements: number
  placements: number[]
}

export function createWorld(model: Model, replication: number, mutation: Mutation): World {
  const random = new Random(model.seed, replication)
  return {
    model,
    mutation,
    random,
    now: 0,
    nodes: Array.from(model.nodeGroup, (group, index) => createNode(model, group, index)),
    triggers: Array.from(model.triggers.metric, (_, index) => createTrigger(index)),
    inflations: new Set(),
    links: Array.from(model.latencyS, (_, pair) => createLink(model, pair)),
    elastic: isElastic(model),
    members: Array.from(model.randomFailures.schedule, (_, m) => drawOutage(model, random, mutation, m, 0, 0)),
    admitted: [],
    held: [],
    alive: [],
    ended: [],
    failed: Array.from({ length: model.failures.count }, () => false),
    repaired: Array.from({ length: model.failures.count }, () => false),
    log: [],
    decisions: [],
    lostAttempts: 0,
    wastedCoreS: 0,
    shadowPlacements: 0,
    placements: Array.from({ length: model.clusters.count }, () => 0),
  }
}

function createNode({ groups }: Model, group: number, index: number): Node {
  const free = {
    cpuMilli: groups.cpuMilli[group],
    memoryBytes: groups.memoryBytes[group],
    gpuMilli: Array.from({ length: groups.gpuMilli[group] / 1000 }, () => 1000),
  }
  const state = { heldBy: new Set<number>(), ready: true, detectAt: Infinity }
  return {
    index,
    group,
    cluster: groups.cluster[group],
    free,
    ...state,
    slowedBy: new Set(),
    progressS: 0,
    sinceS: 0,
    entries: [],
  }
}

export const isUp = (node: Node): boolean => node.heldBy.size === 0

/** All stages of the jobs in the system. */
export const aliveStages = (world: World): Stage[] => world.alive.flatMap(job => job.stages)

/** Everything placed, by (workload, ordinal, stage, attempt). */
export const placedAttempts = (world: World): Attempt[] => inOrder(world, placedAnyhow(world))

/** Everything placed, in no order. A loop, since it is asked most often: half of the time went into lists of lists. */
export function placedAnyhow(world: World): Attempt[] {
  const placed: Attempt[] = []
  for (const job of world.alive)
    for (const stage of job.stages) for (const attempt of stage.placed) placed.push(attempt)
  return placed
}

function inOrder(world: World, attempts: Attempt[]): Attempt[] {
  const sign = world.mutation === 'ties reversed' ? -1 : 1
  return attempts.sort((a, b) => sign * (compareJobs(a.stage.job, b.stage.job) || compareWithinJob(a, b)))
}

/** What waits in the queue, in no order; what a quota holds does not. */
export function waitingStages(world: World): Stage[] {
  const waiting: Stage[] = []
  for (const job of world.alive) for (const stage of job.stages) if (stage.waiting) waiting.push(stage)
  return waiting
}

export const compareJobs = (a: Job, b: Job): number => a.workload - b.workload || a.ordinal - b.ordinal

const compareWithinJob = (a: Attempt, b: Attempt): number => a.stage.index - b.stage.index || a.number - b.number

export const attemptsOn = (world: World, node: Node): Attempt[] =>
  inOrder(
    world,
    placedAnyhow(world).filter(attempt => attempt.shares.some(share => share.node === node)),
  )
