/** What goes over the network, how fast, and what goes wrong there. */
import type { ClusterSpec, EffectSpec, ModelSpec, PairSpec, StageSpec } from './model-spec.ts'
import { randomTime } from './random-failures.ts'
import { withStages } from './random-requests.ts'
import { mayRepeat, randomWhile } from './random-slow.ts'
import type { Style } from './random-style.ts'

/** Bytes and bandwidths such that many transfers end at whole seconds, and together. */
export function addTransfers(style: Style, world: ModelSpec): ModelSpec {
  const { g, grid } = style
  const odd = () => (grid === 0 || g.chance(0.1) ? 0.5 + g.real() : 1)
  const speeds = g.pick([[100], [50, 100, 200, Infinity], [100, 100, 70]])
  // Stages that nothing comes after each have an answer.
  const loose = g.chance(0.3) ? { after: [] } : {}
  const changeStage = <T extends StageSpec>(stage: T): T => ({
    ...stage,
    ...(stage.after ? loose : {}),
    inputBytes: g.pick([0, 0, 100, 200, 600]) * odd(),
    outputBytes: g.pick([0, 100, 400, 1000]) * odd(),
  })
  const pairs = pairsOf(world.clusters)
  const far = g.chance(0.4)
    ? pairs.map(([from, to]): [string, string, number] => [from, to, g.pick([0, 1, 5, 20])])
    : []
  return {
    ...world,
    latency: [...(world.latency ?? []), ...far],
    bandwidth: pairs.map(([from, to]) => [from, to, g.pick(speeds) * odd()]),
    workloads: world.workloads.map(workload => withStages(workload, changeStage)),
  }
}

export const pairsOf = (clusters: readonly ClusterSpec[]): PairSpec[] =>
  clusters.flatMap(from => clusters.flatMap((to): PairSpec[] => (from === to ? [] : [[from.name, to.name]])))

/** Cut links and inflated latencies, overlapping. */
export function addCuts(style: Style, world: ModelSpec): ModelSpec {
  const { g } = style
  if (world.clusters.length < 2) return world
  const scheduled = g.list(1, 6, () => ({ ...randomCut(style, world), ...randomWhile(style) }))
  const changed = { ...world, failures: [...(world.failures ?? []), ...scheduled] }
  if (!mayRepeat(world) || g.chance(0.7)) return changed
  const members = g.list(1, 3, ordinal => ({ name: 'link', ordinal, ...randomCut(style, world) }))
  const schedule = { up: randomTime(style, 5, 60), down: randomTime(style, 0, 15), members }
  return { ...changed, randomFailures: [...(world.randomFailures ?? []), schedule] }
}

/** Of a pair, of both ways between two clusters, of all that leads to a cluster, or of a cluster altogether. */
export function randomCut({ g }: Style, { clusters }: ModelSpec): EffectSpec {
  const all = pairsOf(clusters)
  const [from, to] = g.pick(all)
  const pairs = g.pick([
    () => [[from, to] as PairSpec],
    () => all.filter(pair => pair.includes(from) && pair.includes(to)),
    () => all.filter(pair => pair[1] === to),
    () => all.filter(pair => pair.includes(to)),
  ])()
  return g.chance(0.65)
    ? { pairs }
    : { pairs, inflate: { factor: g.pick([1, 2, 2, 0.5]), addS: g.pick([0, 1, 0.5, 3]) } }
}
