/** Where a series of observations has forgotten how it began. */

/**
 * Welch's moving average (Welch 1983; Law, "Simulation Modeling and Analysis", 9.5.1): element i of the mean over
 * replications, averaged over 2 w + 1 neighbours, over fewer near the begin. Replications are equally long; the last
 * w elements have no average.
 */
export function welchAverage(replications: readonly ArrayLike<number>[], w: number): Float64Array {
  const length = replications[0]?.length ?? 0
  const mean = new Float64Array(length)
  for (const series of replications) for (let i = 0; i < length; i++) mean[i] += series[i] / replications.length
  return Float64Array.from({ length: Math.max(0, length - w) }, (_, i) => {
    const reach = Math.min(i, w)
    let total = 0
    for (let j = i - reach; j <= i + reach; j++) total += mean[j]
    return total / (2 * reach + 1)
  })
}

/**
 * MSER-5 (White, Cobb, Spratt, "A comparison of five steady-state truncation heuristics", WSC 2000): how many
 * observations to leave out at the begin, a multiple of 5: as many as make the standard error of the mean of the rest
 * least, up to half of the batches. NaN where even half is not enough (the least lies at its end) or there are fewer than four
 * batches: the series is too short to say.
 */
export function mser5(series: ArrayLike<number>): number {
  const batches = Math.floor(series.length / 5)
  if (batches < 4) return Number.NaN
  const most = Math.floor(batches / 2)
  let best = Number.NaN
  let least = Number.POSITIVE_INFINITY
  let total = 0
  let squares = 0
  // From the end, so that each rest is the last one and one batch more.
  for (let d = batches - 1; d >= 0; d--) {
    let batch = 0
    for (let i = 5 * d; i < 5 * d + 5; i++) batch += series[i] / 5
    total += batch
    squares += batch * batch
    if (d > most) continue
    const n = batches - d
    const error = Math.max(0, squares - (total * total) / n) / (n * n)
    if (error <= least) {
      least = error
      best = d
    }
  }
  return best === most ? Number.NaN : 5 * best
}
