/** Coarser bins out of finer ones. Bins start at time 0; the last one may be cut short by the end of the run. */

export interface Bins {
  readonly widthS: number
  readonly count: number
  /** When the run ended, seconds: where the last bin is cut. */
  readonly endS: number
}

/** Bins of that width over a run of that length; a run of no length has one. */
export const binsOver = (endS: number, widthS: number): Bins => ({
  widthS,
  count: Math.max(1, Math.ceil(endS / widthS)),
  endS,
})

/** Seconds of bin `i` that lie before the end. */
export const coveredS = (bins: Bins, i: number): number =>
  Math.max(0, Math.min(bins.endS, (i + 1) * bins.widthS) - i * bins.widthS)

/** Smallest doubling of the width that leaves at most `most` bins. */
export function coarserWidth(endS: number, widthS: number, most: number): number {
  let width = widthS
  while (Math.ceil(endS / width) > most) width *= 2
  return width
}

/** Counts per bin, added up. Columns are `index bin * stride + k`. */
export const rebinCounts = (column: Float64Array, from: Bins, to: Bins, stride = 1): Float64Array =>
  gather(column, from, to, stride, () => 1)

/** Time means per bin, weighted by the seconds that each bin covers. */
export function rebinMeans(column: Float64Array, from: Bins, to: Bins, stride = 1): Float64Array {
  const integrals = gather(column, from, to, stride, bin => coveredS(from, bin))
  return integrals.map((value, i) => {
    const covered = coveredS(to, Math.floor(i / stride))
    return covered > 0 ? value / covered : 0
  })
}

/** Events at the very end fall into a bin that covers nothing: it is folded into the last one that does. */
function gather(
  column: Float64Array,
  from: Bins,
  to: Bins,
  stride: number,
  weight: (bin: number) => number,
): Float64Array {
  const out = new Float64Array(to.count * stride)
  for (let bin = 0; bin < from.count; bin++) {
    const target = Math.min(to.count - 1, Math.floor(((bin + 0.5) * from.widthS) / to.widthS))
    for (let k = 0; k < stride; k++) out[target * stride + k] += column[bin * stride + k] * weight(bin)
  }
  return out
}
