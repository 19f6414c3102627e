/**
 * Kendall's tau-b of two rankings (Kendall, Biometrika 33, 1945): 1 alike, −1 opposed, ties counted as neither. NaN where
 * one side has no order at all.
 */
export function kendall(a: readonly number[], b: readonly number[]): number {
  let concordance = 0
  let orderedA = 0
  let orderedB = 0
  for (let i = 0; i < a.length; i++)
    for (let j = i + 1; j < a.length; j++) {
      const x = Math.sign(a[i] - a[j])
      const y = Math.sign(b[i] - b[j])
      concordance += x * y
      orderedA += Math.abs(x)
      orderedB += Math.abs(y)
    }
  return concordance / Math.sqrt(orderedA * orderedB)
}
