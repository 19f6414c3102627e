/**
 * The later parts of the language, added to a world of the first ones: each draws from a generator of its own, so that
 * the world is the same without it, and that it is the same whatever the others are.
 */
import { Generator } from './generator.ts'
import type { ModelSpec } from './model-spec.ts'
import { addGpuParts } from './random-gpus.ts'
import { addCuts, addTransfers } from './random-network.ts'
import { addQuotas } from './random-quotas.ts'
import { addSlowNodes } from './random-slow.ts'
import { allFeatures, type Feature, type Style } from './random-style.ts'
import { addTriggers } from './random-triggers.ts'
import { addUse } from './random-use.ts'
import { addZones } from './random-zones.ts'

const additions: Readonly<Record<Feature, (style: Style, world: ModelSpec) => ModelSpec>> = {
  use: addUse,
  slow: addSlowNodes,
  transfers: addTransfers,
  network: addCuts,
  triggers: addTriggers,
  gpuParts: addGpuParts,
  standby: addZones,
  quotas: addQuotas,
}

export function withFeatures(style: Style, world: ModelSpec, seed: number): ModelSpec {
  let fuller = world
  for (const [index, feature] of allFeatures.entries()) {
    const g = generatorOf(seed, index)
    if (style.features.has(feature) && g.chance(0.6)) fuller = additions[feature]({ ...style, g }, fuller)
  }
  return fuller
}

export const generatorOf = (seed: number, feature: number): Generator =>
  new Generator(seed ^ (0x2545f491 * (feature + 1)))
