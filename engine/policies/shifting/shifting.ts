/**
 * Work where and when a kilowatt-hour comes to least of something, such as grams. The time is
 * chosen as in Sukprasert et al., "On the Limitations of Carbon-Aware Temporal and Spatial Workload Shifting in the
 * Cloud", EuroSys 2024: the best start within the slack, or where work may be interrupted its cheapest hours.
 */
import type { Model } from '../../model.ts'
import type { Rates } from '../../rates.ts'
import { openGroups } from '../choices/open-groups.ts'
import { bestSplit, bestStart, type Slice } from '../forecasts/course.ts'
import { orders } from '../orders/index.ts'
import type { Choice, Pass, Policy, Tell } from '../policy.ts'
import { addedWatts } from './added-power.ts'
import { type Forecasting, forecastingOf, Outlook } from './outlook.ts'
import { lookAt, type Slack, slackOf, type Window } from './window.ts'

/** Later is only better by more than this part: the rest is rounding. */
const rounding = 1e-9

/** What a stage would cost on a group if it was placed now, and if it was put off. */
interface Prospect {
  now: number
  /** When it is suspended if it begins now; Infinity: not at all. */
  suspendS: number
  later: number
  laterS: number
}

export abstract class Shifting implements Policy, Choice {
  readonly order = orders.fcfs
  /** Of the last choice: what it comes to, or the rate per kilowatt-hour where regions are compared. */
  score = Number.NaN
  private readonly slack: Slack
  private readonly interruptible: boolean
  private readonly perRegion: boolean
  private readonly forecasting: Forecasting
  private readonly network: number
  private outlook: Outlook | null = null
  private readonly window: Window = { outS: 0, backS: 0, beforeS: 0, runS: 0, latestS: 0 }
  private readonly prospect: Prospect = { now: 0, suspendS: 0, later: 0, laterS: 0 }
  private suspendS = Number.POSITIVE_INFINITY

  /** Complete options. */
  constructor(options: Readonly<Record<string, unknown>>) {
    this.slack = slackOf(options)
    this.interruptible = options.interruptible === true
    this.perRegion = options.per === 'region'
    this.forecasting = forecastingOf(options)
    this.network = options.network as number
  }

  /** Of each cluster, per kilowatt-hour. */
  protected abstract rates(model: Model): Rates

  decide(pass: Pass): void {
    this.outlook ??= new Outlook(pass.model, this.rates(pass.model), this.forecasting)
    for (let stage = pass.head(); stage >= 0; stage = pass.head()) this.decideOn(pass, stage)
  }

  private decideOn(pass: Pass, stage: number): void {
    const later = this.bestLater(pass, stage)
    if (later < Number.POSITIVE_INFINITY) return pass.deferUntil(stage, later)
    if (!pass.place(stage, this)) return pass.skip()
    if (this.suspendS < Number.POSITIVE_INFINITY) pass.suspendAt(stage, this.suspendS)
  }

  /** When the stage should be looked at again, if that is better than any node that it fits on now; else Infinity. */
  private bestLater(pass: Pass, stage: number): number {
    const { classes, groups } = pass.model
    const { prospect } = this
    const stageClass = pass.classOf(stage)
    let fits = Number.POSITIVE_INFINITY
    let now = Number.POSITIVE_INFINITY
    let later = Number.POSITIVE_INFINITY
    let laterS = Number.POSITIVE_INFINITY
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (!pass.reaches(stage, groups.cluster[group])) continue
      this.judge(pass, stage, group, true)
      now = Math.min(now, prospect.now)
      if (prospect.now < fits && pass.firstFitIn(stage, group) >= 0) fits = prospect.now
      if (prospect.later > later || (prospect.later === later && prospect.laterS >= laterS)) continue
      later = prospect.later
      laterS = prospect.laterS
    }
    // Where nothing fits and now would be best, it waits for room.
    const bound = fits === Number.POSITIVE_INFINITY ? now : fits
    return later < bound - Math.abs(bound) * rounding ? laterS : Number.POSITIVE_INFINITY
  }

  /** The node on which it costs least to begin now, of those that fit. */
  choose(pass: Pass, stage: number): number {
    const { classes } = pass.model
    const { prospect } = this
    const stageClass = pass.classOf(stage)
    let best = -1
    this.score = Number.POSITIVE_INFINITY
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (!pass.open(group)) continue
      this.judge(pass, stage, group, false)
      if (prospect.now >= this.score) continue
      const node = pass.firstFitIn(stage, group)
      if (node < 0) continue
      best = node
      this.score = prospect.now
      this.suspendS = prospect.suspendS
    }
    if (best < 0) this.score = Number.NaN
    return best
  }

  explain(pass: Pass, stage: number, tell: Tell): void {
    const { window, prospect } = this
    for (const { group, node } of openGroups(pass, stage)) {
      this.judge(pass, stage, group, false)
      const ways = this.network * (window.outS + window.backS)
      tell(node, prospect.now, { energyOrRate: prospect.now - ways, ways })
    }
  }

  /** Fills the prospect of a stage on a group in. */
  private judge(pass: Pass, stage: number, group: number, ahead: boolean): void {
    const { window, prospect } = this
    lookAt(pass, stage, group, this.slack, window)
    const { latestS, runS, beforeS } = window
    const pieces = this.interruptible && canBeSuspended(pass, stage)
    const untilS = latestS + beforeS + runS
    const { course, integral } = (this.outlook as Outlook).of(pass.model.groups.cluster[group], pass.now, untilS)
    const begin = pass.now + beforeS
    const slice = pieces
      ? bestSplit(course, begin, untilS, runS)
      : { fromS: begin, toS: begin + runS, sum: integral.between(begin, begin + runS) }
    const goesNow = slice.fromS <= begin
    const weight = this.perRegion ? 1 / Math.max(1, runS) : addedWatts(pass.model, pass.classOf(stage), group) / 3.6e6
    const waysCost = this.network * (window.outS + window.backS)
    const cost = ({ sum }: Pick<Slice, 'sum'>): number => sum * weight + waysCost
    const whole = { sum: pieces && !goesNow ? integral.between(begin, begin + runS) : slice.sum }
    prospect.now = cost(whole)
    prospect.suspendS = pieces && goesNow && slice.toS < begin + runS ? slice.toS : Number.POSITIVE_INFINITY
    prospect.later = Number.POSITIVE_INFINITY
    prospect.laterS = Number.POSITIVE_INFINITY
    if (!ahead || latestS <= pass.now) return
    const best = pieces ? slice : bestStart(course, integral, begin, latestS + beforeS, runS)
    if (best.fromS <= begin) return
    prospect.later = cost(best)
    prospect.laterS = best.fromS - beforeS
  }
}

/** Whether what the stage has done outlives its place. */
const canBeSuspended = (pass: Pass, stage: number): boolean => {
  const { checkpointEveryS, checkpointStore } = pass.model.stages
  const template = pass.templateOf(stage)
  return checkpointEveryS[template] !== Number.POSITIVE_INFINITY && checkpointStore[template] !== 0
}
