/** Placing: which node comes next, how a gang is filled, and what an attempt then is. */
import { streams } from '../../engine/random.ts'
import { estimateOn, factorOn, reserve, tasksThatFit } from './capacity.ts'
import { intensityAt } from './carbon.ts'
import { checkpointsIn, savedWithin } from './checkpoints.ts'
import type { Choice, NaivePolicy } from './naive-policies.ts'
import { noteAttempt } from './notes.ts'
import { begin, lose } from './rules.ts'
import { type Attempt, isUp, type Node, type Share, type Stage, type World } from './world.ts'

/** Tries to place a stage in one of the clusters; says whether it could. */
export function place(world: World, stage: Stage, policy: NaivePolicy, clusters: readonly number[]): boolean {
  let open = [...clusters]
  while (open.length > 0) {
    const first = choose(world, stage, policy, open)
    if (first === null) return false
    const shares = fill(world, stage, policy, world.mutation === 'gang may span clusters' ? open : [first.cluster])
    if (shares !== null) {
      policy.cursor = (world.mutation === 'cursor at the first node' ? first : shares.at(-1)!.node).index + 1
      createAttempt(world, stage, shares)
      return true
    }
    open = open.filter(cluster => cluster !== first.cluster)
  }
  return false
}

/** Reserves all tasks, node by node; takes nothing if they cannot all be placed. */
function fill(world: World, stage: Stage, policy: NaivePolicy, clusters: readonly number[]): Share[] | null {
  const shares: Share[] = []
  let left = world.model.classes.tasks[stage.class]
  while (left > 0) {
    const node = choose(world, stage, policy, clusters)
    if (node === null) {
      for (const share of shares) reserve(world, stage, share.node, -share.tasks)
      return null
    }
    const tasks = Math.min(left, tasksThatFit(world, stage, node))
    reserve(world, stage, node, tasks)
    shares.push({ node, tasks })
    left -= tasks
  }
  return shares
}

/** The node for the next task. */
function choose(world: World, stage: Stage, policy: NaivePolicy, clusters: readonly number[]): Node | null {
  const fitting = world.nodes.filter(node => clusters.includes(node.cluster) && tasksThatFit(world, stage, node) > 0)
  if (fitting.length === 0) return null
  if (policy.choice === 'round-robin') return fitting.find(node => node.index >= policy.cursor) ?? fitting[0]
  const cost = costs[policy.choice]
  const least = Math.min(...fitting.map(node => cost(world, stage, node)))
  const best = fitting.filter(node => cost(world, stage, node) === least)
  return world.mutation === 'best fit by the last of equals' ? best.at(-1)! : best[0]
}

/** What each choice minimises; the lowest index wins among equals. */
const costs: Record<Exclude<Choice, 'round-robin'>, (world: World, stage: Stage, node: Node) => number> = {
  'first-fit': (_world, _stage, node) => node.index,
  'best-fit': (_world, _stage, node) => node.free.cpuMilli,
  'least-allocated': (_world, _stage, node) => -node.free.cpuMilli,
  // Nodes of a group are alike and groups ascend with their nodes: the lowest node is the first of the lowest group.
  'greedy-latency': (world, stage, node) => {
    const { groups } = world.model
    const { origin } = stage.job
    const run = estimateOn(world, stage, node)
    const back = world.mutation === 'way back forgotten' ? 0 : latency(world, node.cluster, origin)
    return latency(world, origin, node.cluster) + groups.startupS[node.group] + run + back
  },
}

export const latency = ({ model }: World, from: number, to: number): number =>
  model.latencyS[from * model.clusters.count + to]

function createAttempt(world: World, stage: Stage, shares: Share[]): void {
  const attempt = plan(world, stage, shares, stage.attemptsSoFar++)
  stage.waiting = false
  stage.placed.push(attempt)
  world.placements[attempt.cluster]++
  noteAttempt(world, 'place', attempt)
  noteDecision(world, attempt)
  if (!shares.every(share => isUp(share.node))) lose(world, attempt)
  else if (attempt.beginS === world.now) begin(world, attempt)
}

/** When an attempt on these nodes would begin and end. */
function plan(world: World, stage: Stage, shares: Share[], number: number): Attempt {
  const { groups } = world.model
  const cluster = shares[0].node.cluster
  const each = (of: (node: Node) => number) => shares.map(share => of(share.node))
  const startups = each(node => groups.startupS[node.group])
  const speeds = each(node => groups.speed[node.group])
  const factors = each(node => factorOn(world, stage, node))
  const startup = world.mutation === 'start-up of the last node' ? startups.at(-1)! : Math.max(...startups)
  const speed = world.mutation === 'speed of the fastest node' ? Math.max(...speeds) : Math.min(...speeds)
  const factor = world.mutation === 'factor of the first node' ? factors[0] : Math.max(...factors)
  const beginS = world.now + latency(world, stage.job.origin, cluster) + startup
  const resumedS = savedWithin(world, stage, shares[0].node)
  const leftS = stage.workS - resumedS
  const runS = (withCheckpoints(world, stage, leftS) * factor) / speed
  const { faulty, fraction } = drawFault(world, stage, number)
  const endS = beginS + (faulty && world.mutation !== 'fault at full length' ? fraction * runS : runS)
  const fate = { beginS, endS, faulty, begun: false, lost: false, burntCoreS: 0 }
  return { stage, number, cluster, shares, speed, factor, resumedS, leftS, ...fate }
}

/** Work seconds, those of its checkpoints included. */
const withCheckpoints = (world: World, stage: Stage, leftS: number): number =>
  world.mutation === 'checkpoints cost nothing'
    ? leftS
    : leftS + world.model.stages.checkpointCostS[stage.index] * checkpointsIn(world, stage, leftS)

function drawFault({ model, random }: World, { job, index }: Stage, attempt: number) {
  const position = index - model.workloads.stageStart[job.workload]
  random.select(streams.faults, position, model.workloads.hash[job.workload], job.ordinal, attempt)
  const u = random.uniform()
  const fraction = random.uniform()
  return { faulty: u < model.stages.failureProbability[index], fraction }
}

function noteDecision(world: World, { stage, number, cluster, shares }: Attempt): void {
  const { workload, ordinal, origin } = stage.job
  world.decisions.push({
    time: world.now,
    workload,
    ordinal,
    stage: stage.index,
    attempt: number,
    originCluster: origin,
    node: shares[0].node.index,
    intensity: intensityAt(world.model, cluster, world.now),
  })
}
