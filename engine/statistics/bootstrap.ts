/**
 * Bootstrap intervals (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993) for statistics that have no
 * formula of their own: percentile (13.3) and bias-corrected and accelerated (14.3).
 */
import { philox4x32 } from '../random.ts'
import { boundedQuantile, mean } from './descriptive.ts'
import type { Interval } from './intervals.ts'
import { normalCdf, normalQuantile } from './normal.ts'

export type Statistic = (values: Float64Array) => number

export interface BootstrapOptions {
  readonly confidence?: number
  /** Samples drawn anew from the values. */
  readonly resamples?: number
  /** Same seed, same interval: draws are counted, by (resample, position). */
  readonly seed?: number
  /** `bca` corrects for bias and for a spread that changes with the value; it leaves out each value once besides. */
  readonly method?: 'percentile' | 'bca'
}

/** Interval of a statistic of independent values. Fewer than two values bound nothing: ∓Infinity. */
export function bootstrapInterval(
  values: ArrayLike<number>,
  statistic: Statistic,
  { confidence = 0.95, resamples = 2000, seed = 1, method = 'bca' }: BootstrapOptions = {},
): Interval {
  const sample = Float64Array.from(values)
  const n = sample.length
  const estimate = statistic(sample)
  if (n < 2) return { estimate, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, n }
  const drawn = new Float64Array(resamples)
  const resample = new Float64Array(n)
  const block = new Uint32Array(4)
  for (let b = 0; b < resamples; b++) {
    for (let i = 0; i < n; i++) resample[i] = sample[wordAt(block, seed, b, i) % n]
    drawn[b] = statistic(resample)
  }
  drawn.sort()
  const tail = (1 - confidence) / 2
  const level = method === 'bca' ? correction(sample, statistic, drawn, estimate) : (p: number) => p
  return { estimate, low: boundedQuantile(drawn, level(tail)), high: boundedQuantile(drawn, level(1 - tail)), n }
}

/** The word for a position of a resample. Its modulus by n is biased by at most n / 2³². */
function wordAt(block: Uint32Array, seed: number, resample: number, position: number): number {
  block[0] = position
  block[1] = resample
  block[2] = 0
  block[3] = 0
  philox4x32(block, seed, 0x626f6f74)
  return block[0]
}

/** From which level of the drawn statistics a bound is to be taken (14.9 and 14.10). */
function correction(sample: Float64Array, statistic: Statistic, drawn: Float64Array, estimate: number) {
  let below = 0
  for (const value of drawn) if (value < estimate) below++
  // All on one side: nothing is known of the bias, and the percentile stays.
  const bias = below === 0 || below === drawn.length ? 0 : normalQuantile(below / drawn.length)
  const acceleration = accelerationOf(sample, statistic)
  return (p: number): number => {
    const z = bias + normalQuantile(p)
    return normalCdf(bias + z / (1 - acceleration * z))
  }
}

/** By the jackknife (14.15); 0 where leaving a value out changes nothing. */
function accelerationOf(sample: Float64Array, statistic: Statistic): number {
  const n = sample.length
  const left = new Float64Array(n)
  for (let out = 0; out < n; out++) left[out] = statistic(sample.filter((_, i) => i !== out))
  const centre = mean(left)
  let squares = 0
  let cubes = 0
  for (const value of left) {
    const d = centre - value
    squares += d * d
    cubes += d * d * d
  }
  return squares === 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares))
}
