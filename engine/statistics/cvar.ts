/**
 * Conditional value at risk: mean of the worst (largest) 1 − α share of values sorted ascending, 0 ≤ α ≤ 1
 * (Rockafellar and Uryasev, Journal of Risk 2, 2000). The value on the edge counts with the part of it that lies in
 * the tail; `beyond` further values are larger than all (jobs that never ended): Infinity as soon as the tail
 * holds one. α = 0 is the mean, α = 1 the maximum. NaN of nothing.
 */
export function cvar(sorted: ArrayLike<number>, alpha: number, beyond = 0): number {
  const n = sorted.length + beyond
  if (n === 0 || !(alpha >= 0 && alpha <= 1)) return Number.NaN
  if (beyond > 0) return Number.POSITIVE_INFINITY
  const tail = (1 - alpha) * n
  if (tail === 0) return sorted[n - 1]
  let total = 0
  let left = tail
  for (let i = n - 1; i >= 0 && left > 0; i--) {
    total += sorted[i] * Math.min(1, left)
    left -= 1
  }
  return total / tail
}
