/**
 * The state of the slow, obvious simulation: plain objects and lists, no index, nothing cached. Every question is
 * answered by looking at everything. Rules: ARCHITECTURE.md, "What a run means, exactly".
 */
import type { Model } from '../../engine/model.ts'
import { Random } from '../../engine/random.ts'
import type { Mutation } from './mutations.ts'

export interface Node {
  index: number
  group: number
  cluster: number
  free: Amount
  /** Failures that hold it down; empty: it is up. */
  heldBy: Set<number>
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
  job: Job
  number: number
  cluster: number
  shares: Share[]
  beginS: number
  endS: number
  /** Ends by a fault of its own. */
  faulty: boolean
  begun: boolean
  lost: boolean
  /** Core-seconds burnt so far. */
  burntCoreS: number
}

export interface Job {
  workload: number
  ordinal: number
  submitS: number
  origin: number
  /** Class of its stage. */
  class: number
  /** Seconds at speed 1. */
  workS: number
  estimateS: number
  waiting: boolean
  /** Attempts that are placed now. */
  placed: Attempt[]
  attemptsSoFar: number
  retriesUsed: number
  outcome: 'alive' | 'completed' | 'failed'
  endS: number
  winner: Attempt | null
}

export interface LogRow {
  time: number
  kind: string
  workload: number
  ordinal: number
  attempt: number
  node: number
}

export interface World {
  model: Model
  mutation: Mutation
  random: Random
  now: number
  nodes: Node[]
  /** Jobs in the system, and those that have left it. */
  alive: Job[]
  ended: Job[]
  /** Per failure: whether it happened, and whether it was repaired. */
  failed: boolean[]
  repaired: boolean[]
  log: LogRow[]
  lostAttempts: number
  wastedCoreS: number
  shadowPlacements: number
  placements: number[]
}

export function createWorld(model: Model, replication: number, mutation: Mutation): World {
  return {
    model,
    mutation,
    random: new Random(model.seed, replication),
    now: 0,
    nodes: Array.from(model.nodeGroup, (group, index) => createNode(model, group, index)),
    alive: [],
    ended: [],
    failed: Array.from({ length: model.failures.count }, () => false),
    repaired: Array.from({ length: model.failures.count }, () => false),
    log: [],
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

/** Everything placed, by (workload, ordinal, stage, attempt): a workload has one stage here. */
export function placedAttempts(world: World): Attempt[] {
  const sign = world.mutation === 'ties reversed' ? -1 : 1
  const all = world.alive.flatMap(job => job.placed)
  return all.sort(
    (a, b) => sign * (a.job.workload - b.job.workload || a.job.ordinal - b.job.ordinal || a.number - b.number),
  )
}

export const attemptsOn = (world: World, node: Node): Attempt[] =>
  placedAttempts(world).filter(attempt => attempt.shares.some(share => share.node === node))

export function note(world: World, kind: string, job: Job | null, attempt: Attempt | null, node = -1): void {
  world.log.push({
    time: world.now,
    kind,
    workload: job === null ? -1 : job.workload,
    ordinal: job === null ? -1 : job.ordinal,
    attempt: attempt === null ? -1 : attempt.number,
    node: attempt === null ? node : attempt.shares[0].node.index,
  })
}
