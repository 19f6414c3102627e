/**
 * Holm's step-down correction (Scandinavian Journal of Statistics 6, 1979): p-values, in the order given, such that
 * "adjusted p ≤ α" keeps the chance of any false alarm in the family below α.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((i, j) => pValues[i] - pValues[j] || i - j)
  const adjusted = new Array<number>(pValues.length)
  let running = 0
  order.forEach((index, rank) => {
    running = Math.max(running, Math.min(1, pValues[index] * (pValues.length - rank)))
    adjusted[index] = running
  })
  return adjusted
}
