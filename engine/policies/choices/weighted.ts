import { gramsOf } from '../../rates.ts'
import { type OptionSchema, withDefaults } from '../../schema.ts'
import { forecastOptions } from '../forecasts/index.ts'
import type { Choice, Pass, Tell } from '../policy.ts'
import { addedWatts } from '../shifting/added-power.ts'
import { forecastGrams } from '../shifting/forecast-grams.ts'
import { type Forecasting, forecastingOf, Outlook } from '../shifting/outlook.ts'

const weight = (what: string, value: number): OptionSchema => ({
  type: 'number',
  description: `Weight of ${what}; 0: not weighed.`,
  default: value,
  minimum: 0,
})

export const weightedOptions: Readonly<Record<string, OptionSchema>> = {
  latency: weight('the time from now until the answer is back, ways aside', 1),
  network: weight('the ways of request, data and answer', 1),
  energy: weight('the joules that the job adds', 1),
  carbon: weight('the grams that these emit', 1),
  ...forecastOptions,
}

const terms = ['latency', 'network', 'energy', 'carbon'] as const

/**
 * The group with the least weighted sum of its terms, each as (value − least) / (greatest − least) over the groups on
 * which the stage fits now; lowest index among equals, first node that fits. With all weights above 0 it lies on the
 * Pareto front of the terms: nothing else is better in one of them without being worse in another.
 */
class Weighted implements Choice {
  /** Weighted sum of the terms, each 0 … 1. */
  score = Number.NaN
  private readonly weights: readonly number[]
  private readonly forecasting: Forecasting
  private outlook: Outlook | null = null
  /** Nodes, and the terms of each. */
  private readonly nodes: number[] = []
  private readonly values: number[] = []

  constructor(options: Readonly<Record<string, unknown>>) {
    this.weights = terms.map(term => options[term] as number)
    this.forecasting = forecastingOf(options)
  }

  choose(pass: Pass, stage: number): number {
    const { model } = pass
    this.outlook ??= new Outlook(model, gramsOf(model), this.forecasting)
    this.gather(pass, stage)
    const spans = terms.map((_, term) => this.spanOf(term))
    let best = -1
    this.score = Number.POSITIVE_INFINITY
    for (let i = 0; i < this.nodes.length; i++) {
      let sum = 0
      for (let t = 0; t < terms.length; t++)
        if (spans[t].width > 0)
          sum += (this.weights[t] * (this.values[i * terms.length + t] - spans[t].least)) / spans[t].width
      if (sum >= this.score) continue
      best = this.nodes[i]
      this.score = sum
    }
    if (best < 0) this.score = Number.NaN
    return best
  }

  explain(pass: Pass, stage: number, tell: Tell): void {
    const { model } = pass
    this.outlook ??= new Outlook(model, gramsOf(model), this.forecasting)
    this.gather(pass, stage)
    const spans = terms.map((_, term) => this.spanOf(term))
    for (const [i, node] of this.nodes.entries()) {
      const part = (t: number): number =>
        spans[t].width > 0
          ? (this.weights[t] * (this.values[i * terms.length + t] - spans[t].least)) / spans[t].width
          : 0
      const parts = Object.fromEntries(terms.map((term, t) => [term, part(t)]))
      tell(
        node,
        terms.reduce((sum, term) => sum + parts[term], 0),
        parts,
      )
    }
  }

  private gather(pass: Pass, stage: number): void {
    const { classes, groups } = pass.model
    const stageClass = pass.classOf(stage)
    this.nodes.length = 0
    this.values.length = 0
    for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++) {
      const group = classes.groups[i]
      const node = pass.open(group) ? pass.firstFitIn(stage, group) : -1
      if (node < 0) continue
      const cluster = groups.cluster[group]
      const outS = pass.wayOut(stage, cluster)
      const runS = pass.runTimeOn(stage, group)
      const watts = addedWatts(pass.model, stageClass, group)
      this.nodes.push(node)
      this.values.push(
        groups.startupS[group] + runS,
        outS + pass.wayBack(stage, cluster),
        watts * runS,
        forecastGrams(pass, stage, group, this.outlook as Outlook),
      )
    }
  }

  private spanOf(term: number): { least: number; width: number } {
    let least = Number.POSITIVE_INFINITY
    let greatest = Number.NEGATIVE_INFINITY
    for (let i = term; i < this.values.length; i += terms.length) {
      least = Math.min(least, this.values[i])
      greatest = Math.max(greatest, this.values[i])
    }
    return { least, width: greatest - least }
  }
}

export const weighted = (options: Readonly<Record<string, unknown>> = {}): Choice =>
  new Weighted(withDefaults(options, weightedOptions))
