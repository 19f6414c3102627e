/** Worlds in which several attempts of a stage stand by, and are needed: zones of their own, and clusters that fail. */
import type { ModelSpec } from './model-spec.ts'
import { randomWhile } from './random-slow.ts'
import type { Style } from './random-style.ts'

export function addZones(style: Style, world: ModelSpec): ModelSpec {
  const clusters = world.clusters.map(cluster => ({ ...cluster, zone: cluster.name }))
  const failures = style.g.list(0, 3, () => ({
    ...randomWhile(style),
    victims: [{ cluster: style.g.pick(clusters).name, node: '*' as const }],
  }))
  return { ...world, clusters, failures: [...(world.failures ?? []), ...failures] }
}
