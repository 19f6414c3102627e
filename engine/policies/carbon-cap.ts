import { gramsOf } from '../rates.ts'
import { type OptionSchema, withDefaults } from '../schema.ts'
import { openGroups } from './choices/open-groups.ts'
import { forecastOptions } from './forecasts/index.ts'
import { orders } from './orders/index.ts'
import type { Choice, Pass, Policy, PolicyEntry, Tell } from './policy.ts'
import { addedWatts } from './shifting/added-power.ts'
import { Budget } from './shifting/budget.ts'
import { slackOptions } from './shifting/options.ts'
import { type Forecasting, forecastingOf, Outlook } from './shifting/outlook.ts'
import { lookAt, type Slack, slackOf, type Window } from './shifting/window.ts'

const options: Readonly<Record<string, OptionSchema>> = {
  gramsPerHour: {
    type: 'number',
    description: 'What jobs may emit in an hour, over what idle nodes do; what is not used is kept for an hour.',
    default: 1000,
    exclusiveMinimum: 0,
  },
  ...slackOptions,
  ...forecastOptions,
  network: {
    type: 'number',
    description: 'What a second on the ways of request, data and answer counts for, beside others; 0: not weighed.',
    default: 1,
    minimum: 0,
  },
}

/** What a stage would take and emit on a group. */
interface Offer {
  seconds: number
  grams: number
  latestS: number
}

/**
 * greedy-latency within a budget of grams: each job onto the node from which its answer is back soonest of those that the
 * budget has the grams for; where it has not for any, the job is put off until it has. One that cannot wait any longer
 * goes where it emits least, and the budget goes below 0 for it.
 */
class CarbonCap implements Policy, Choice {
  readonly order = orders.fcfs
  /** Seconds. */
  score = Number.NaN
  private readonly budget: Budget
  private readonly slack: Slack
  private readonly network: number
  private readonly forecasting: Forecasting
  private outlook: Outlook | null = null
  private readonly window: Window = { outS: 0, backS: 0, beforeS: 0, runS: 0, latestS: 0 }
  private readonly offer: Offer = { seconds: 0, grams: 0, latestS: 0 }
  private allowed = 0
  private grams = 0
  private hurried = false

  constructor(given: Readonly<Record<string, unknown>>) {
    this.budget = new Budget(given.gramsPerHour as number)
    this.slack = slackOf(given)
    this.network = given.network as number
    this.forecasting = forecastingOf(given)
  }

  decide(pass: Pass): void {
    this.outlook ??= new Outlook(pass.model, gramsOf(pass.model), this.forecasting)
    for (let stage = pass.head(); stage >= 0; stage = pass.head()) this.decideOn(pass, stage)
  }

  private decideOn(pass: Pass, stage: number): void {
    this.allowed = this.budget.at(pass.now)
    const { least, latestS } = this.leastOf(pass, stage)
    this.hurried = latestS <= pass.now
    const waitS = this.hurried || least === Number.POSITIVE_INFINITY ? 0 : this.budget.secondsUntil(least)
    const untilS = Math.min(latestS, pass.now + waitS)
    if (untilS > pass.now) return pass.deferUntil(stage, untilS)
    // Rounding may leave a hair too little, and one job may emit more than an hour brings.
    this.allowed = Math.max(this.allowed, this.hurried ? Number.POSITIVE_INFINITY : least)
    if (pass.place(stage, this)) this.budget.spend(this.grams)
    else pass.skip()
  }

  /** Fewest grams on any group that it fits on, and the latest time to begin on one that it reaches. */
  private leastOf(pass: Pass, stage: number): { least: number; latestS: number } {
    const { classes, groups } = pass.model
    const stageClass = pass.classOf(stage)
    let least = Number.POSITIVE_INFINITY
    let latestS = pass.now
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (!pass.reaches(stage, groups.cluster[group])) continue
      this.look(pass, stage, group)
      latestS = Math.max(latestS, this.offer.latestS)
      if (this.offer.grams < least && pass.firstFitIn(stage, group) >= 0) least = this.offer.grams
    }
    return { least, latestS }
  }

  choose(pass: Pass, stage: number): number {
    const { classes } = pass.model
    const { offer } = this
    const stageClass = pass.classOf(stage)
    let best = -1
    let bestCost = Number.POSITIVE_INFINITY
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      if (!pass.open(group)) continue
      this.look(pass, stage, group)
      const cost = this.hurried ? offer.grams : offer.seconds
      if (cost >= bestCost || offer.grams > this.allowed) continue
      const node = pass.firstFitIn(stage, group)
      if (node < 0) continue
      best = node
      bestCost = cost
      this.grams = offer.grams
      this.score = offer.seconds
    }
    if (best < 0) this.score = Number.NaN
    return best
  }

  /** What the budget has not the grams for is told, too. */
  explain(pass: Pass, stage: number, tell: Tell): void {
    for (const { group, node } of openGroups(pass, stage)) {
      this.look(pass, stage, group)
      const { seconds, grams } = this.offer
      tell(node, seconds, { seconds, grams })
    }
  }

  private look(pass: Pass, stage: number, group: number): void {
    const { window, offer } = this
    lookAt(pass, stage, group, this.slack, window)
    const begin = pass.now + window.beforeS
    const end = begin + window.runS
    const { integral } = (this.outlook as Outlook).of(pass.model.groups.cluster[group], pass.now, end)
    const watts = addedWatts(pass.model, pass.classOf(stage), group)
    offer.seconds = window.beforeS - window.outS + window.runS + this.network * (window.outS + window.backS)
    offer.grams = (watts * integral.between(begin, end)) / 3.6e6
    offer.latestS = window.latestS
  }
}

export const carbonCap: PolicyEntry = {
  name: 'carbon-cap',
  summary: 'greedy-latency within a budget of grams per hour: what it has not the grams for waits, within its slack.',
  options,
  create: given => new CarbonCap(withDefaults(given, options)),
}
