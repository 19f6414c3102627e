import { type OptionSchema, withDefaults } from '../../schema.ts'
import type { Choice, Pass, Tell } from '../policy.ts'
import { addedWatts } from '../shifting/added-power.ts'
import { openGroups } from './open-groups.ts'

export const energyOptions: Readonly<Record<string, OptionSchema>> = {
  consolidate: {
    type: 'boolean',
    description:
      'Whether of nodes that add the same the fullest is taken, so that others stay empty; else the emptiest.',
    default: true,
  },
  reserve: {
    type: 'number',
    description: 'Part of the estimated run time that must be left before a deadline, for work that takes longer.',
    default: 0.2,
    minimum: 0,
    maximum: 10,
  },
  network: {
    type: 'number',
    description: 'Joules that a second on the ways of request, data and answer counts for; 0: not weighed.',
    default: 1,
    minimum: 0,
  },
}

/**
 * The node on which a stage adds the fewest joules above what is drawn already (PUE included), of those from which the
 * answer is back before the deadline; where there is none, that from which it is back soonest. In a group the fullest
 * and the emptiest node are looked at: where power grows ever less with the load the first adds less, else the second.
 */
class LeastEnergy implements Choice {
  /** Joules; of a stage that will be late, seconds. */
  score = Number.NaN
  private readonly consolidate: boolean
  private readonly reserve: number
  private readonly network: number
  private joules = 0

  constructor(options: Readonly<Record<string, unknown>>) {
    this.consolidate = options.consolidate === true
    this.reserve = options.reserve as number
    this.network = options.network as number
  }

  choose(pass: Pass, stage: number): number {
    const { classes, groups } = pass.model
    const stageClass = pass.classOf(stage)
    let best = -1
    let bestJ = Number.POSITIVE_INFINITY
    let soonest = -1
    let soonestS = Number.POSITIVE_INFINITY
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (!pass.open(group) || pass.firstFitIn(stage, group) < 0) continue
      const cluster = groups.cluster[group]
      const waysS = pass.wayOut(stage, cluster) + pass.wayBack(stage, cluster)
      const runS = pass.runTimeOn(stage, group)
      const node = this.nodeIn(pass, stage, group, runS)
      const latencyS = waysS + groups.startupS[group] + runS
      if (latencyS < soonestS) {
        soonest = node
        soonestS = latencyS
      }
      const joules = this.joules + this.network * waysS
      if (pass.now + latencyS + this.reserve * runS > pass.deadlineOf(stage) || joules >= bestJ) continue
      best = node
      bestJ = joules
    }
    this.score = best >= 0 ? bestJ : soonest >= 0 ? soonestS : Number.NaN
    return best >= 0 ? best : soonest
  }

  /** Those that would be late are told with what they would take in seconds only: they are a last resort. */
  explain(pass: Pass, stage: number, tell: Tell): void {
    for (const { group, cluster } of openGroups(pass, stage)) {
      const waysS = pass.wayOut(stage, cluster) + pass.wayBack(stage, cluster)
      const runS = pass.runTimeOn(stage, group)
      const node = this.nodeIn(pass, stage, group, runS)
      const latencyS = waysS + pass.model.groups.startupS[group] + runS
      const isLate = pass.now + latencyS + this.reserve * runS > pass.deadlineOf(stage)
      const [addedJ, waysJ] = [this.joules, this.network * waysS]
      if (isLate) tell(node, latencyS, { lateLatencyS: latencyS })
      else tell(node, addedJ + waysJ, { addedJ, waysJ })
    }
  }

  /** Where in a group it adds least; notes how much. */
  private nodeIn(pass: Pass, stage: number, group: number, runS: number): number {
    const fullest = pass.bestFitIn(stage, group)
    const emptiest = pass.leastAllocatedIn(stage, group)
    const fullestJ = runS * addedWatts(pass.model, pass.classOf(stage), group, busyMilli(pass, group, fullest))
    const emptiestJ = runS * addedWatts(pass.model, pass.classOf(stage), group, busyMilli(pass, group, emptiest))
    const isSame = Math.abs(fullestJ - emptiestJ) <= 1e-9 * fullestJ
    const takesFullest = isSame ? this.consolidate : fullestJ < emptiestJ
    this.joules = takesFullest ? fullestJ : emptiestJ
    return takesFullest ? fullest : emptiest
  }
}

/** Millicores of a node that are in use, as far as requests tell. */
const busyMilli = (pass: Pass, group: number, node: number): number => {
  const { coreMilli, cpuMilli } = pass.model.groups
  return Math.min(coreMilli[group], Math.max(0, cpuMilli[group] - pass.freeCpu(node)))
}

export const leastEnergy = (options: Readonly<Record<string, unknown>> = {}): Choice =>
  new LeastEnergy(withDefaults(options, energyOptions))
