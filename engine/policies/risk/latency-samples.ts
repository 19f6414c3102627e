/** Sampled latencies of a stage on a group of nodes: its work, its own faults and failures of its nodes as declared. */
import type { Model } from '../../model.ts'
import { attemptsSampled, type Luck } from './luck.ts'

/** What a stage meets on a group; seconds. */
export interface Prospect {
  template: number
  group: number
  /** Way of request and data, start-up, way of the answer. */
  outS: number
  startupS: number
  backS: number
  /** Expected run time there, and what work is multiplied by to give it. */
  runS: number
  slowness: number
  /** Failures a second of the nodes that it would be on, all together, and the time until one is known. */
  hazard: number
  detectionS: number
}

/**
 * Fills `into` with one latency a sample. An attempt that fails is placed anew on such nodes: after a failure of a node
 * once that is known, after a fault at once; request and data are sent again, checkpoints outside of nodes are kept.
 */
export function sampleLatencies(model: Model, luck: Luck, prospect: Prospect, into: Float64Array): void {
  const shape = luck.shapeOf(prospect.template)
  const { hazard, fault, share } = luck.ofAttempts
  const faults = model.stages.failureProbability[prospect.template]
  const beforeS = prospect.outS + prospect.startupS
  for (let i = 0; i < into.length; i++) {
    let leftS = prospect.runS * shape[i]
    let passedS = 0
    for (let at = i * attemptsSampled, end = at + attemptsSampled; ; at++) {
      const spanS = beforeS + leftS
      const failsS = hazard[at] / prospect.hazard
      const faultS = fault[at] < faults ? beforeS + leftS * share[at] : Number.POSITIVE_INFINITY
      if (at === end - 1 || (failsS >= spanS && faultS >= spanS)) {
        passedS += spanS
        break
      }
      const lostS = Math.min(failsS, faultS)
      passedS += lostS + (failsS < faultS ? prospect.detectionS : 0)
      leftS -= savedS(model, prospect, lostS - beforeS)
    }
    into[i] = passedS + prospect.backS
  }
}

/** What checkpoints have kept of so much run time; those on nodes are taken for lost. */
function savedS({ stages }: Model, { template, slowness }: Prospect, ranS: number): number {
  const everyS = stages.checkpointEveryS[template] * slowness
  if (ranS <= 0 || everyS === Number.POSITIVE_INFINITY || stages.checkpointStore[template] === 0) return 0
  return Math.floor(ranS / (everyS + stages.checkpointCostS[template] * slowness)) * everyS
}
