/**
 * Small random worlds in which much falls on one instant: coarse times, equal nodes, zero delays, overlapping
 * failures. A world is a pure function of (seed, size): the same failure can be looked at again.
 */
import { Generator } from './generator.ts'
import type { ModelSpec } from './model-spec.ts'
import { randomCluster, randomLatency } from './random-fabric.ts'
import { randomFailure, randomSchedule } from './random-failures.ts'
import { withFeatures } from './random-features.ts'
import { randomStyle, time } from './random-style.ts'
import { randomWorkload } from './random-workloads.ts'

export function randomModelSpec(seed: number, size = 1): ModelSpec {
  const g = new Generator(seed)
  const style = randomStyle(g, size)
  const clusters = g.list(1, 4, index => randomCluster(style, index))
  const horizonS = g.chance(0.5) ? Infinity : time(style, 20, 120)
  const workloads = g.list(1, 3, index => randomWorkload(style, clusters, index, horizonS))
  const isRandom = g.chance(0.4)
  // What fails at random for ever may keep a job from ever ending: then jobs end at their deadlines, or the run does.
  const mustEnd = isRandom && horizonS === Infinity
  const world: ModelSpec = {
    seed: g.whole(0, 4294967295),
    horizonS,
    warmupS: g.chance(0.5) ? 0 : time(style, 0, 40),
    clusters,
    latency: style.instant ? [] : randomLatency(style, clusters),
    workloads: workloads.map(workload => (mustEnd ? { ...workload, deadlineS: 30, cancelLate: true } : workload)),
    failures: g.chance(0.25) ? [] : g.list(1, 6, () => randomFailure(style, clusters)),
    randomFailures: isRandom ? g.list(1, 2, () => randomSchedule(style, clusters)) : [],
  }
  return withFeatures(style, world, seed)
}
