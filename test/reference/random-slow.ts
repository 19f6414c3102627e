/** Nodes that are slow for a while, also several times over. */
import type { EffectSpec, ModelSpec } from './model-spec.ts'
import { nodesOf, randomTime } from './random-failures.ts'
import { type Style, time } from './random-style.ts'

export function addSlowNodes(style: Style, world: ModelSpec): ModelSpec {
  const { g } = style
  const scheduled = g.list(1, 5, () => ({ ...randomSlowness(style, world), ...randomWhile(style) }))
  const changed = { ...world, failures: [...(world.failures ?? []), ...scheduled] }
  if (!mayRepeat(world) || g.chance(0.7)) return changed
  const members = g.list(1, 3, ordinal => ({ name: 'slow', ordinal, ...randomSlowness(style, world) }))
  const schedule = { up: randomTime(style, 5, 60), down: randomTime(style, 0, 15), members }
  return { ...changed, randomFailures: [...(world.randomFailures ?? []), schedule] }
}

export function randomSlowness({ g }: Style, { clusters }: ModelSpec): EffectSpec {
  const cluster = g.pick(clusters)
  const node = g.chance(0.5) ? ('*' as const) : g.whole(0, nodesOf(cluster) - 1)
  return { victims: [{ cluster: cluster.name, node }], slow: g.pick([0.5, 0.5, 0.25, 0.8]) }
}

/** From when on and for how long: often from the same instants on. */
export const randomWhile = (style: Style): { atS: number; forS: number } => ({
  atS: style.g.pick([5, 10, 20, ...Array.from({ length: 4 }, () => time(style, 0, 40))]),
  forS: style.g.pick([0, 5, 10, 20, time(style, 0, 20), time(style, 0, 20), Infinity]),
})

/** Whether what comes again and again cannot keep the run from ending. */
export const mayRepeat = ({ horizonS = Infinity, workloads }: ModelSpec): boolean =>
  horizonS < Infinity || workloads.every(({ cancelLate, deadlineS = Infinity }) => cancelLate && deadlineS < Infinity)
