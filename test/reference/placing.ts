/** Placing: which node comes next, how a gang is filled, and what an attempt then is. */
import { streams } from '../../engine/random.ts'
import { reserve, tasksThatFit } from './capacity.ts'
import type { Choice, NaivePolicy } from './naive-policies.ts'
import { begin, lose } from './rules.ts'
import { type Attempt, isUp, type Job, type Node, note, type Share, type World } from './world.ts'

/** Tries to place a stage in one of the clusters; says whether it could. */
export function place(world: World, job: Job, policy: NaivePolicy, clusters: readonly number[]): boolean {
  let open = [...clusters]
  while (open.length > 0) {
    const first = choose(world, job, policy, open)
    if (first === null) return false
    const shares = fill(world, job, policy, world.mutation === 'gang may span clusters' ? open : [first.cluster])
    if (shares !== null) {
      policy.cursor = (world.mutation === 'cursor at the first node' ? first : shares.at(-1)!.node).index + 1
      createAttempt(world, job, shares)
      return true
    }
    open = open.filter(cluster => cluster !== first.cluster)
  }
  return false
}

/** Reserves all tasks, node by node; takes nothing if they cannot all be placed. */
function fill(world: World, job: Job, policy: NaivePolicy, clusters: readonly number[]): Share[] | null {
  const shares: Share[] = []
  let left = world.model.classes.tasks[job.class]
  while (left > 0) {
    const node = choose(world, job, policy, clusters)
    if (node === null) {
      for (const share of shares) reserve(world, job, share.node, -share.tasks)
      return null
    }
    const tasks = Math.min(left, tasksThatFit(world, job, node))
    reserve(world, job, node, tasks)
    shares.push({ node, tasks })
    left -= tasks
  }
  return shares
}

/** The node for the next task. */
function choose(world: World, job: Job, policy: NaivePolicy, clusters: readonly number[]): Node | null {
  const fitting = world.nodes.filter(node => clusters.includes(node.cluster) && tasksThatFit(world, job, node) > 0)
  if (fitting.length === 0) return null
  if (policy.choice === 'round-robin') return fitting.find(node => node.index >= policy.cursor) ?? fitting[0]
  const cost = costs[policy.choice]
  const least = Math.min(...fitting.map(node => cost(world, job, node)))
  const best = fitting.filter(node => cost(world, job, node) === least)
  return world.mutation === 'best fit by the last of equals' ? best.at(-1)! : best[0]
}

/** What each choice minimises; the lowest index wins among equals. */
const costs: Record<Exclude<Choice, 'round-robin'>, (world: World, job: Job, node: Node) => number> = {
  'first-fit': (_world, _job, node) => node.index,
  'best-fit': (_world, _job, node) => node.free.cpuMilli,
  'least-allocated': (_world, _job, node) => -node.free.cpuMilli,
  // Nodes of a group are alike and groups ascend with their nodes: the lowest node is the first of the lowest group.
  'greedy-latency': (world, job, node) => {
    const { groups } = world.model
    const run = job.estimateS / groups.speed[node.group]
    const back = world.mutation === 'way back forgotten' ? 0 : latency(world, node.cluster, job.origin)
    return latency(world, job.origin, node.cluster) + groups.startupS[node.group] + run + back
  },
}

export const latency = ({ model }: World, from: number, to: number): number =>
  model.latencyS[from * model.clusters.count + to]

function createAttempt(world: World, job: Job, shares: Share[]): void {
  const { groups } = world.model
  const number = job.attemptsSoFar++
  const cluster = shares[0].node.cluster
  const startups = shares.map(share => groups.startupS[share.node.group])
  const speeds = shares.map(share => groups.speed[share.node.group])
  const startup = world.mutation === 'start-up of the last node' ? startups.at(-1)! : Math.max(...startups)
  const speed = world.mutation === 'speed of the fastest node' ? Math.max(...speeds) : Math.min(...speeds)
  const beginS = world.now + latency(world, job.origin, cluster) + startup
  const { faulty, fraction } = drawFault(world, job, number)
  const runS = job.workS / speed
  const endS = beginS + (faulty && world.mutation !== 'fault at full length' ? fraction * runS : runS)
  const attempt: Attempt = {
    job,
    number,
    cluster,
    shares,
    beginS,
    endS,
    faulty,
    begun: false,
    lost: false,
    burntCoreS: 0,
  }
  job.waiting = false
  job.placed.push(attempt)
  world.placements[cluster]++
  note(world, 'place', job, attempt)
  if (!shares.every(share => isUp(share.node))) lose(world, attempt)
  else if (beginS === world.now) begin(world, attempt)
}

function drawFault({ model, random }: World, job: Job, attempt: number): { faulty: boolean; fraction: number } {
  const q = model.stages.failureProbability[model.workloads.stageStart[job.workload]]
  random.select(streams.faults, 0, model.workloads.hash[job.workload], job.ordinal, attempt)
  const u = random.uniform()
  const fraction = random.uniform()
  return { faulty: u < q, fraction }
}
