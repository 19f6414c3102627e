/**
 * The state of the slow, obvious simulation: plain objects and lists, no index, nothing cached. Every question is
 * answered by looking at everything. Rules: ARCHITECTURE.md, "What a run means, exactly".
 */
import type { Model } from '../../engine/model.ts'
import { Random } from '../../engine/random.ts'
import { drawOutage, type Member } from './members.ts'
import type { Mutation } from './mutations.ts'
import type { Decision, LogRow } from './notes.ts'

export interface Node {
  index: number
  group: number
  cluster: number
  free: Amount
  /** Names of the failures that hold it down; empty: it is up. */
  heldBy: Set<string>
  /** What the control plane believes. */
  ready: boolean
  /** When the control plane will learn that it is down; Infinity: nothing to learn. */
  detectAt: number
}

export interface Amount {
  cpuMilli: number
  memoryBytes: number
  gpuMilli: number
}

/** Tasks of one attempt on one node, in the order in which the nodes were chosen. */
export interface Share {
  node: Node
  tasks: number
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
  beginS: number
  endS: number
  /** Ends by a fault of its own. */
  faulty: boolean
  begun: boolean
  lost: boolean
  /** Core-seconds burnt so far. */
  burntCoreS: number
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
    members: Array.from(model.randomFailures.schedule, (_, m) => drawOutage(model, random, mutation, m, 0, 0)),
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
    gpuMilli: groups.gpuMilli[group],
  }
  return { index, group, cluster: groups.cluster[group], free, heldBy: new Set(), ready: true, detectAt: Infinity }
}

export const isUp = (node: Node): boolean => node.heldBy.size === 0

/** All stages of the jobs in the system. */
export const aliveStages = (world: World): Stage[] => world.alive.flatMap(job => job.stages)

/** Everything placed, by (workload, ordinal, stage, attempt). */
export function placedAttempts(world: World): Attempt[] {
  const sign = world.mutation === 'ties reversed' ? -1 : 1
  return aliveStages(world)
    .flatMap(stage => stage.placed)
    .sort((a, b) => sign * (compareJobs(a.stage.job, b.stage.job) || compareWithinJob(a, b)))
}

export const compareJobs = (a: Job, b: Job): number => a.workload - b.workload || a.ordinal - b.ordinal

const compareWithinJob = (a: Attempt, b: Attempt): number => a.stage.index - b.stage.index || a.number - b.number

export const attemptsOn = (world: World, node: Node): Attempt[] =>
  placedAttempts(world).filter(attempt => attempt.shares.some(share => share.node === node))
