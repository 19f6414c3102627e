import type { Model } from '../model.ts'
import { gramsOf, type Rates } from '../rates.ts'
import { withDefaults } from '../schema.ts'
import type { PolicyEntry } from './policy.ts'
import { shiftingOptions } from './shifting/options.ts'
import { Shifting } from './shifting/shifting.ts'

class CarbonAware extends Shifting {
  protected rates(model: Model): Rates {
    return gramsOf(model)
  }
}

// Some 0.07 g: a second of 1 Gbit/s at 0.0015 kWh/GB and 400 g/kWh.
const options = shiftingOptions('Grams', 0.07)

export const carbonAware: PolicyEntry = {
  name: 'carbon-aware',
  summary: 'Each job where and when a forecast says that it emits least, within its slack; in one piece or several.',
  options,
  create: given => new CarbonAware(withDefaults(given, options)),
}
