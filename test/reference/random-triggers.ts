/** Failures that follow from what is observed, also from one another. */
import type { EffectSpec, ModelSpec, TriggerSpec } from './model-spec.ts'
import { randomFailure } from './random-failures.ts'
import { randomCut } from './random-network.ts'
import { mayRepeat, randomSlowness } from './random-slow.ts'
import { type Style, time } from './random-style.ts'

export const addTriggers = (style: Style, world: ModelSpec): ModelSpec => ({
  ...world,
  triggers: style.g.list(1, 4, () => randomTrigger(style, world)),
})

function randomTrigger(style: Style, world: ModelSpec): TriggerSpec {
  const { g } = style
  const members = g.list(1, 4, () => ({ ...randomEffect(style, world), weight: g.pick([1, 1, 2, 0.5, 0]) }))
  return {
    ...randomCondition(style, world),
    holdS: g.pick([0, 0, 1, 2, time(style, 0, 5)]),
    ...randomCourse(style, world),
    picks: g.pick([0, 0, 1, 2]),
    members,
  }
}

function randomCondition({ g }: Style, { clusters }: ModelSpec) {
  const cluster = g.chance(0.5) ? {} : { cluster: g.pick(clusters).name }
  const above = g.pick(['>', '>=', '>', '<'] as const)
  return g.pick([
    () => ({ metric: 'utilisation', ...cluster, comparator: above, value: g.pick([0, 0.25, 0.5, 0.5, 0.9]) }),
    () => ({
      metric: 'availability',
      ...cluster,
      comparator: g.pick(['<', '<=', '<', '>='] as const),
      value: g.pick([1, 1, 0.5, 0.75]),
    }),
    () => ({ metric: 'queueLength', comparator: above, value: g.pick([0, 1, 2, 5]) }),
    () => ({ metric: 'jobsInSystem', comparator: above, value: g.pick([0, 1, 2, 5]) }),
    () => ({ metric: 'lostAttempts', comparator: above, value: g.pick([0, 1, 2, 3]) }),
  ])()
}

/** What happens again and again without taking any time would never end. */
function randomCourse(style: Style, world: ModelSpec) {
  const { g } = style
  const forS = g.pick([0, 1, 5, 5, time(style, 0, 20), Infinity])
  const rearmS = mayRepeat(world) ? g.pick([0, 0, 1, 5, time(style, 0, 10), Infinity]) : Infinity
  return { forS: forS + rearmS < 0.5 ? 1 : forS, rearmS }
}

function randomEffect(style: Style, world: ModelSpec): EffectSpec {
  const { features, g } = style
  const { victims = [] } = randomFailure(style, world.clusters)
  const blackout = () => ({ victims })
  const slow = features.has('slow') ? () => randomSlowness(style, world) : blackout
  const cut = features.has('network') && world.clusters.length > 1 ? () => randomCut(style, world) : blackout
  return g.pick([blackout, blackout, slow, cut])()
}
