/** Share of the time that something is up which is up for `upS` and down for `downS` in the mean, whatever their laws (renewal theory). */
export const upShare = (upS: number, downS: number): number => upS / (upS + downS)

/** Probability that at least k of n are up, each by itself with probability p. */
export function atLeast(k: number, n: number, p: number): number {
  let total = 0
  let term = (1 - p) ** n
  for (let up = 0; up <= n; up++) {
    if (up >= k) total += term
    term *= ((n - up) / (up + 1)) * (p / (1 - p))
  }
  return total
}
