/** Placing: which node comes next, and how a gang is filled. */
import { createAttempt } from './attempts.ts'
import { estimateOn, isOpen, reserve, tasksThatFit, unreserve } from './capacity.ts'
import { reaches } from './link-rules.ts'
import { inputs } from './messages.ts'
import type { Choice, NaivePolicy } from './naive-policies.ts'
import { leastFragmenting, scores } from './scores.ts'
import { wayBack, wayOut } from './ways.ts'
import type { Node, Share, Stage, World } from './world.ts'

/** Tries to place a stage (standing by or not) in one of the clusters; says whether it could. */
export function place(
  world: World,
  stage: Stage,
  policy: NaivePolicy,
  clusters: readonly number[],
  standby = false,
): boolean {
  let open = [...clusters]
  while (open.length > 0) {
    const first = choose(world, stage, policy, open)
    if (first === null) return false
    const shares = fill(
      world,
      stage,
      policy,
      first,
      world.mutation === 'gang may span clusters' ? open : [first.cluster],
    )
    if (shares !== null) {
      policy.cursor = (world.mutation === 'cursor at the first node' ? first : shares.at(-1)!.node).index + 1
      createAttempt(world, stage, shares, standby)
      return true
    }
    open = open.filter(cluster => cluster !== first.cluster)
  }
  return false
}

/** Reserves all tasks, node by node from the first on; takes nothing if they cannot all be placed. */
function fill(
  world: World,
  stage: Stage,
  policy: NaivePolicy,
  first: Node,
  clusters: readonly number[],
): Share[] | null {
  const shares: Share[] = []
  let left = world.model.classes.tasks[stage.class]
  while (left > 0) {
    const node = shares.length === 0 ? first : choose(world, stage, policy, clusters)
    if (node === null) {
      for (const share of shares) unreserve(world, stage, share)
      return null
    }
    const tasks = Math.min(left, tasksThatFit(world, stage, node))
    const pick = policy.choice === 'fragmentation' ? () => leastFragmenting(world, stage, node) : undefined
    shares.push(reserve(world, stage, node, tasks, pick))
    left -= tasks
  }
  return shares
}

/** The node for the next task. */
function choose(world: World, stage: Stage, policy: NaivePolicy, clusters: readonly number[]): Node | null {
  const fitting = world.nodes.filter(node => clusters.includes(node.cluster) && tasksThatFit(world, stage, node) > 0)
  if (fitting.length === 0) return null
  if (policy.choice === 'round-robin') return fitting.find(node => node.index >= policy.cursor) ?? fitting[0]
  if (policy.choice === 'random') return drawn(world, stage, clusters, fitting)
  if (policy.choice === 'data-locality') return nearestToData(world, stage, fitting)
  const cost = costOf(policy.choice)
  const least = Math.min(...fitting.map(node => cost(world, stage, node)))
  const best = fitting.filter(node => cost(world, stage, node) === least)
  return world.mutation === 'best fit by the last of equals' ? best.at(-1)! : best[0]
}

/** Draws from all nodes of its class that are open until one fits; after 32 in vain one from those that fit. */
function drawn(world: World, stage: Stage, clusters: readonly number[], fitting: readonly Node[]): Node {
  const { model, random } = world
  const { workload, ordinal } = stage.job
  const { stageStart, hash } = model.workloads
  const open = world.nodes.filter(
    node =>
      clusters.includes(node.cluster) && reaches(world, stage.job.origin, node.cluster) && isOpen(world, stage, node),
  )
  const draw = (index: number): number => {
    const block = stage.attemptsSoFar * 65536 + index
    random.select(6, stage.index - stageStart[workload], hash[workload], ordinal, block)
    return random.uniform()
  }
  for (let i = 0; i < 32; i++) {
    const node = open[Math.floor(draw(i) * open.length)]
    if (fitting.includes(node)) return node
  }
  return fitting[Math.floor(draw(32) * fitting.length)]
}

/** By bytes that must be moved, then by when it would be over. */
function nearestToData(world: World, stage: Stage, fitting: readonly Node[]): Node {
  const moved = (node: Node) =>
    inputs(world, stage)
      .filter(({ from }) => from !== node.cluster)
      .reduce((sum, { bytes }) => sum + bytes, 0)
  const over = (node: Node) =>
    wayOut(world, stage, node.cluster) + world.model.groups.startupS[node.group] + estimateOn(world, stage, node)
  return [...fitting].sort((a, b) => moved(a) - moved(b) || over(a) - over(b) || a.index - b.index)[0]
}

type Cost = (world: World, stage: Stage, node: Node) => number

/** What a choice minimises; the lowest index wins among equals. */
function costOf(choice: Exclude<Choice, 'round-robin' | 'random' | 'data-locality'>): Cost {
  const score: Cost | undefined = scores[choice as keyof typeof scores]
  return score ? (world, stage, node) => -score(world, stage, node) : costs[choice as keyof typeof costs]
}

const costs: Record<Exclude<Choice, 'round-robin' | 'random' | 'data-locality' | keyof typeof scores>, Cost> = {
  'first-fit': (_world, _stage, node) => node.index,
  'best-fit': (_world, _stage, node) => node.free.cpuMilli,
  'least-allocated': (_world, _stage, node) => -node.free.cpuMilli,
  // Nodes of a group are alike and groups ascend with their nodes: the lowest node is the first of the lowest group.
  'greedy-latency': (world, stage, node) => {
    const { startupS } = world.model.groups
    const run = estimateOn(world, stage, node)
    const back = world.mutation === 'way back forgotten' ? 0 : wayBack(world, stage, node.cluster)
    return wayOut(world, stage, node.cluster) + startupS[node.group] + run + back
  },
}
