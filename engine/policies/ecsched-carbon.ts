import type { Model } from '../model.ts'
import { gramsOf } from '../rates.ts'
import type { OptionSchema } from '../schema.ts'
import { EcSched, type EcSchedOptions, ecschedDefaults, ecschedOptions } from './ecsched.ts'
import { forecastOptions } from './forecasts/index.ts'
import type { Pass, PolicyEntry } from './policy.ts'
import { forecastGrams } from './shifting/forecast-grams.ts'
import { type Forecasting, forecastingOf, Outlook } from './shifting/outlook.ts'

/** Edges cost more by what a stage would emit on the node, by a forecast. */
class EcSchedCarbon extends EcSched {
  private readonly perGram: number
  private readonly forecasting: Forecasting
  private outlook: Outlook | null = null

  constructor(given: EcSchedOptions, own: Readonly<Record<string, unknown>>) {
    super(given)
    this.perGram = own.perGram as number
    this.forecasting = forecastingOf(own)
  }

  protected override addedCost(pass: Pass, stage: number, group: number): number {
    const grams = forecastGrams(pass, stage, group, this.outlookOf(pass.model))
    return super.addedCost(pass, stage, group) + this.perGram * grams
  }

  private outlookOf(model: Model): Outlook {
    this.outlook ??= new Outlook(model, gramsOf(model), this.forecasting)
    return this.outlook
  }
}

const options: Readonly<Record<string, OptionSchema>> = {
  ...ecschedOptions,
  perGram: {
    type: 'number',
    description: 'What each gram that a stage would emit on a node adds to the cost of that edge.',
    minimum: 0,
    default: 0.1,
  },
  ...forecastOptions,
}

const ownDefaults = Object.fromEntries(Object.entries(options).map(([name, option]) => [name, option.default]))

export const ecschedCarbon: PolicyEntry = {
  name: 'ecsched-carbon',
  summary: 'As ecsched, with the forecast emissions of each stage on each node in the costs of the flow.',
  options,
  create: given => new EcSchedCarbon({ ...ecschedDefaults, ...given }, { ...ownDefaults, ...given }),
}
