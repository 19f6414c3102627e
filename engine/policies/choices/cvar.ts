import type { Model } from '../../model.ts'
import { type OptionSchema, withDefaults } from '../../schema.ts'
import { cvar } from '../../statistics/cvar.ts'
import type { Choice, Pass, Tell } from '../policy.ts'
import { hazardsOf } from '../risk/hazards.ts'
import { type Prospect, sampleLatencies } from '../risk/latency-samples.ts'
import { Luck } from '../risk/luck.ts'
import { openGroups } from './open-groups.ts'

export const cvarOptions: Readonly<Record<string, OptionSchema>> = {
  alpha: {
    type: 'number',
    description: 'Latencies are judged by the mean of their worst 1 − alpha share.',
    default: 0.95,
    minimum: 0,
    maximum: 1,
  },
  samples: {
    type: 'integer',
    description: 'Sampled latencies of each candidate.',
    default: 400,
    minimum: 1,
    maximum: 100_000,
  },
  cv: {
    type: 'number',
    description:
      'Coefficient of variation of the work about its estimate (lognormal), for jobs of traces, which declare no distribution.',
    default: 0,
    minimum: 0,
    maximum: 10,
  },
  network: {
    type: 'number',
    description: 'What a second on the ways of request, data and answer counts for, beside others; 0: not weighed.',
    default: 1,
    minimum: 0,
  },
}

/** What was sampled for the same ways and run time. */
interface Known {
  outS: number
  runS: number
  cvarS: number
}

/**
 * The node with the least conditional value at risk of latency (Rockafellar and Uryasev 2000), over sampled work, faults
 * and failures of nodes: see `risk/`. Nodes of a group are alike, so groups are compared and the first fit in the best wins.
 */
class LeastCvar implements Choice {
  /** Seconds. */
  score = Number.NaN
  private readonly alpha: number
  private readonly samples: number
  private readonly cv: number
  private readonly network: number
  /** Made at the first decision: the model is not known before. */
  private luck: Luck | null = null
  private hazards: Float64Array = new Float64Array(0)
  private latencies = new Float64Array(0)
  private readonly shapeCvar: number[] = []
  /** By stage of the model, group and origin. */
  private readonly known = new Map<number, Known>()
  private readonly prospect: Prospect = {
    template: 0,
    group: 0,
    outS: 0,
    startupS: 0,
    backS: 0,
    runS: 0,
    slowness: 0,
    hazard: 0,
    detectionS: 0,
  }

  constructor(options: Readonly<Record<string, unknown>>) {
    this.alpha = options.alpha as number
    this.samples = options.samples as number
    this.cv = options.cv as number
    this.network = options.network as number
  }

  choose(pass: Pass, stage: number): number {
    const { classes } = pass.model
    this.luck ??= this.makeLuck(pass.model)
    const stageClass = pass.classOf(stage)
    let best = -1
    let bestS = Number.POSITIVE_INFINITY
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (!pass.open(group)) continue
      // Nothing that goes wrong makes it quicker than it is when all goes well.
      const leastS = this.describe(pass, stage, group)
      if (leastS >= bestS) continue
      const node = pass.firstFitIn(stage, group)
      if (node < 0) continue
      const cvarS = this.canFail(pass.model) ? this.sampled(pass, stage) : leastS
      if (cvarS >= bestS) continue
      best = node
      bestS = cvarS
    }
    this.score = best < 0 ? Number.NaN : bestS
    return best
  }

  explain(pass: Pass, stage: number, tell: Tell): void {
    this.luck ??= this.makeLuck(pass.model)
    for (const { group, node } of openGroups(pass, stage)) {
      const leastS = this.describe(pass, stage, group)
      const { outS: wayOutS, startupS, backS: wayBackS } = this.prospect
      const cvarS = this.canFail(pass.model) ? this.sampled(pass, stage) : leastS
      const workS = leastS - wayOutS - startupS - wayBackS
      tell(node, cvarS, { wayOutS, startupS, workS, wayBackS, failuresS: cvarS - leastS })
    }
  }

  private makeLuck(model: Model): Luck {
    this.hazards = hazardsOf(model)
    this.latencies = new Float64Array(this.samples)
    return new Luck(model, this.samples, this.cv)
  }

  /** Notes what the stage meets on the group; its risk if nothing fails. */
  private describe(pass: Pass, stage: number, group: number): number {
    const { prospect } = this
    const { classes, clusters, groups } = pass.model
    const cluster = groups.cluster[group]
    const stageClass = pass.classOf(stage)
    prospect.template = pass.templateOf(stage)
    prospect.group = group
    prospect.outS = this.network * pass.wayOut(stage, cluster)
    prospect.backS = this.network * pass.wayBack(stage, cluster)
    prospect.startupS = groups.startupS[group]
    prospect.runS = pass.runTimeOn(stage, group)
    prospect.slowness = classes.factor[stageClass * groups.count + group] / groups.speed[group]
    prospect.hazard = this.hazards[group] * nodesOf(pass.model, stageClass, group)
    prospect.detectionS = clusters.detectionS[cluster]
    return prospect.outS + prospect.startupS + prospect.backS + prospect.runS * this.shapeCvarOf(prospect.template)
  }

  private shapeCvarOf(template: number): number {
    this.shapeCvar[template] ??= cvar((this.luck as Luck).shapeOf(template), this.alpha)
    return this.shapeCvar[template]
  }

  private canFail({ stages }: Model): boolean {
    const { hazard, template } = this.prospect
    return hazard > 0 || stages.failureProbability[template] > 0
  }

  /** The risk of what was described, the way back included. */
  private sampled(pass: Pass, stage: number): number {
    const { model } = pass
    const { prospect, latencies, known } = this
    const { outS, runS, backS } = prospect
    const key = (prospect.template * model.groups.count + prospect.group) * model.clusters.count + pass.originOf(stage)
    let entry = known.get(key)
    if (entry?.outS !== outS || entry.runS !== runS) {
      prospect.backS = 0
      sampleLatencies(model, this.luck as Luck, prospect, latencies)
      entry = { outS, runS, cvarS: cvar(latencies.sort(), this.alpha) }
      known.set(key, entry)
    }
    return entry.cvarS + backS
  }
}

/** Nodes that a stage needs at least: an attempt is lost with any of them. */
function nodesOf({ classes, groups }: Model, stageClass: number, group: number): number {
  const tasks = classes.tasks[stageClass]
  if (tasks === 1) return 1
  const aNode = Math.max(1, Math.floor(groups.cpuMilli[group] / Math.max(1, classes.cpuMilli[stageClass])))
  return Math.ceil(tasks / aNode)
}

export const leastCvar = (options: Readonly<Record<string, unknown>> = {}): Choice =>
  new LeastCvar(withDefaults(options, cvarOptions))
