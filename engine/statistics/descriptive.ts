/** Arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]
  return total / values.length
}

/** Unbiased sample variance (n − 1); NaN of fewer than two values. */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values)
  let total = 0
  for (let i = 0; i < values.length; i++) total += (values[i] - centre) * (values[i] - centre)
  return values.length < 2 ? Number.NaN : total / (values.length - 1)
}

/**
 * The element at floor(p · (n − 1)) of the sorted values, where `beyond` further values are larger than all of
 * them (jobs that never ended): Infinity where it falls among those, NaN of nothing.
 */
export function boundedQuantile(sorted: ArrayLike<number>, p: number, beyond = 0): number {
  const n = sorted.length + beyond
  if (n === 0) return Number.NaN
  const index = Math.floor(p * (n - 1))
  return index < sorted.length ? sorted[index] : Number.POSITIVE_INFINITY
}
