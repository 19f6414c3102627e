/** How figures are written, for the page and the terminal alike. */
import { single } from './format/quantity.ts'
import { scaleFor } from './format/scale.ts'

export { formatCount, formatNumber } from './format/number.ts'
export { inWords, quantity } from './format/quantity.ts'
export { scaleFor } from './format/scale.ts'

/** One value of a metric in a unit of fitting size, three digits: `12.2 s`, `1.53 kWh`; a share in per cent. */
export const formatValue = (value: number, unit: string, share = false): string =>
  single(value, scaleFor(unit, share, value))
