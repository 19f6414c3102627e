/**
 * How fast tasks get on where a node may be crowded or slow: each node has a clock of progress, which runs at its rate,
 * and an entry (the tasks of an attempt there) is over when the clock has run for as long as the attempt takes.
 */
import { effectKind, type Model } from '../../engine/model.ts'
import { firstPiece, nextOf } from './courses.ts'
import type { Attempt, Node, Share, World } from './world.ts'

/** Whether run times depend on what else happens; if not they are known at the begin. */
export function isElastic({ groups, classes, effects, traces }: Model): boolean {
  return (
    traces.course !== undefined ||
    groups.cpuMilli.some((cpuMilli, g) => cpuMilli > groups.coreMilli[g]) ||
    classes.useMilli.some((useMilli, k) => useMilli > classes.cpuMilli[k]) ||
    effects.kind.includes(effectKind.slow)
  )
}

/** Whether the tasks of an attempt on a node use its cores now. */
export const isUsing = ({ mutation }: World, { begun, lost }: Attempt, { over, stopped }: Share): boolean =>
  begun &&
  !stopped &&
  (!over || mutation === 'waiting for the rest of the gang uses cores') &&
  (!lost || mutation !== 'survivors of a gang stop')

/** Millicores that the tasks on a node would use together if there were enough. */
export function wantedMilli(world: World, node: Node): number {
  const using = node.entries.filter(({ attempt, share }) => isUsing(world, attempt, share))
  return using.reduce((sum, { attempt, share }) => sum + share.tasks * useOf(world, attempt, share), 0)
}

function useOf({ model: { classes, traces }, mutation }: World, { stage }: Attempt, { piece }: Share): number {
  if (piece >= 0) return traces.course!.milli[piece]
  return mutation === 'what is requested is used' ? classes.cpuMilli[stage.class] : classes.useMilli[stage.class]
}

/** Millicores that a node has, whatever may be requested of it. */
export const coreMilliOf = ({ model: { groups }, mutation }: World, { group }: Node): number =>
  mutation === 'nodes have what they let be requested' ? groups.cpuMilli[group] : groups.coreMilli[group]

/** Share of what it wants that each task on a node gets. */
export function shareOf(world: World, node: Node): number {
  if (!world.elastic) return 1
  const wanted = wantedMilli(world, node)
  const has = coreMilliOf(world, node)
  return wanted <= has || world.mutation === 'nobody is in the way' ? 1 : has / wanted
}

function rateOf(world: World, node: Node): number {
  const { mutation, model } = world
  const factors = [...node.slowedBy].sort((a, b) => a - b).map(effect => model.effects.factor[effect])
  const share = shareOf(world, node)
  if (mutation === 'slow nodes are not') return share
  if (mutation === 'the slowest effect counts') return share * Math.min(1, ...factors)
  return share * factors.reduce((product, factor) => product * factor, 1)
}

const progressNow = (world: World, node: Node): number =>
  node.progressS + (world.now - node.sinceS) * rateOf(world, node)

/** To be called before anything changes how fast a node is. */
export function bringUpToDate(world: World, node: Node): void {
  if (!world.elastic) return
  node.progressS = progressNow(world, node)
  node.sinceS = world.now
}

/** Entries that will be over some time. */
const entriesToEnd = (node: Node): Node['entries'] =>
  node.entries.filter(({ attempt, share }) => attempt.begun && !attempt.lost && !share.over)

/** When the next entry on a node is over, or goes on with other cores; Infinity: none. */
export function nextOver(world: World, node: Node): number {
  if (!world.elastic) return Infinity
  const ends = entriesToEnd(node).map(({ attempt, share }) => nextOf(world, attempt, share))
  if (ends.length === 0) return Infinity
  return Math.max(world.now, node.sinceS + (Math.min(...ends) - node.progressS) / rateOf(world, node))
}

export function startEntries(world: World, attempt: Attempt): void {
  const { shares, runS } = attempt
  for (const share of shares) {
    share.piece = firstPiece(world, attempt)
    share.fromS = share.node.progressS
    share.toS = share.fromS + runS
  }
}

/** Ends what is over now, node by node: once a node. */
export function endEntries(world: World): void {
  for (const node of world.nodes.filter(each => nextOver(world, each) === world.now)) {
    const entries = entriesToEnd(node)
    const least = Math.min(...entries.map(({ attempt, share }) => nextOf(world, attempt, share)))
    node.progressS = least
    node.sinceS = world.now
    for (const { attempt, share } of entries) {
      while (least < share.toS && nextOf(world, attempt, share) === least) share.piece++
      if (share.toS === least) share.over = true
    }
  }
}

/** Seconds that an attempt that runs has got on, alone on nodes that are not slow. */
export function secondsDone(world: World, { shares: [first], beginS }: Attempt): number {
  if (!world.elastic || world.mutation === 'checkpoints by the clock') return world.now - beginS
  return Math.min(progressNow(world, first.node), first.toS) - first.fromS
}
