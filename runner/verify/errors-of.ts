/** Errors of paired values: bias with its interval, and what single pairs say. */
import { type BootstrapOptions, bootstrapInterval } from '../../engine/index.ts'
import { boundedQuantile, mean } from '../../engine/statistics/descriptive.ts'

export type Statistic = 'mean' | 'p95' | 'total'

export interface PairedError {
  predicted: number
  observed: number
  /** predicted − observed of the statistic, with its 95 % interval. */
  error: number
  low: number
  high: number
  /** Mean absolute error, and mean of |error| / observed over the pairs whose observed value is above 0. */
  mae: number
  mape: number
  n: number
}

const statistics: Record<Statistic, (values: Float64Array) => number> = {
  mean: values => mean(values),
  total: values => values.reduce((sum, value) => sum + value, 0),
  p95: values => boundedQuantile(values.slice().sort(), 0.95),
}

/**
 * Error of a statistic over pairs in order of time. Neighbours share their luck (one queue), so the bootstrap draws blocks of
 * neighbours (Künsch, Annals of Statistics 17, 1989), of about the cube root of n. Of fewer than two blocks nothing is
 * known: ∓Infinity.
 */
export function errorOf(predicted: Float64Array, observed: Float64Array, statistic: Statistic): PairedError {
  const n = predicted.length
  const of = statistics[statistic]
  const blockLength = Math.max(1, Math.round(Math.cbrt(n)))
  const blocks = Float64Array.from({ length: Math.floor(n / blockLength) }, (_, block) => block)
  const errorIn = (drawn: Float64Array): number =>
    of(gather(predicted, drawn, blockLength, n)) - of(gather(observed, drawn, blockLength, n))
  const { low, high } = bootstrapInterval(blocks, errorIn, resampling(n))
  const [p, o] = [of(predicted), of(observed)]
  return { predicted: p, observed: o, error: p - o, low, high, ...singleErrors(predicted, observed), n }
}

/** About half a million values are drawn, whatever the number of jobs. */
const resampling = (n: number): BootstrapOptions => ({
  method: 'percentile',
  resamples: Math.max(200, Math.min(1000, Math.round(5e5 / Math.max(1, n)))),
})

/** The values of blocks; the last block also holds what is left over. */
function gather(values: Float64Array, blocks: Float64Array, length: number, n: number): Float64Array {
  const last = Math.floor(n / length) - 1
  const out = new Float64Array(2 * blocks.length * length)
  let count = 0
  for (const block of blocks) {
    const end = block === last ? n : block * length + length
    for (let i = block * length; i < end; i++) out[count++] = values[i]
  }
  return out.subarray(0, count)
}

function singleErrors(predicted: Float64Array, observed: Float64Array): { mae: number; mape: number } {
  let absolute = 0
  let relative = 0
  let positive = 0
  for (let i = 0; i < predicted.length; i++) {
    const error = Math.abs(predicted[i] - observed[i])
    absolute += error
    if (!(observed[i] > 0)) continue
    relative += error / observed[i]
    positive++
  }
  return { mae: absolute / predicted.length, mape: relative / positive }
}
