import type { Model } from '../model.ts'
import { pricesOf, type Rates } from '../rates.ts'
import { withDefaults } from '../schema.ts'
import type { PolicyEntry } from './policy.ts'
import { shiftingOptions } from './shifting/options.ts'
import { Shifting } from './shifting/shifting.ts'

class PriceAware extends Shifting {
  protected rates(model: Model): Rates {
    return pricesOf(model)
  }
}

// A second of 1 Gbit/s at 0.0015 kWh/GB and 0.2 a kilowatt-hour.
const options = shiftingOptions('Money', 0.00004)

export const priceAware: PolicyEntry = {
  name: 'price-aware',
  summary:
    'Each job where and when a forecast says that its electricity costs least, within its slack; in one piece or several.',
  options,
  create: given => new PriceAware(withDefaults(given, options)),
}
