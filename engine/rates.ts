/** What a kilowatt-hour comes to in each cluster, as steps over time. */
import type { Model } from './model.ts'

/** Steps of cluster c at start[c] … start[c + 1] − 1; none: not known. */
export interface Rates {
  readonly start: Int32Array
  readonly atS: Float64Array
  readonly values: Float64Array
}

/** Grams per kilowatt-hour of the clusters' electricity. */
export const gramsOf = ({ carbon: { start, atS, gramsPerKwh } }: Model): Rates => ({ start, atS, values: gramsPerKwh })

/** Its price; of no cluster where nobody says any. */
export const pricesOf = ({ clusters, prices }: Model): Rates =>
  prices === undefined
    ? { start: new Int32Array(clusters.count + 1), atS: new Float64Array(0), values: new Float64Array(0) }
    : { start: prices.start, atS: prices.atS, values: prices.perKwh }

/** The step of each cluster that is in force at time 0: those before it only say what was. */
export function stepsBefore({ start, atS }: Rates): Int32Array {
  const step = start.slice(0, start.length - 1)
  for (let c = 0; c < step.length; c++) while (step[c] + 1 < start[c + 1] && atS[step[c] + 1] <= 0) step[c]++
  return step
}
