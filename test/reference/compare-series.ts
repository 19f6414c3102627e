/** Time series against the history of the reference. */
import type { Series } from '../../engine/result.ts'
import { compareExactly, compareNearly } from './compare-values.ts'
import { integrate, type Piece } from './measure.ts'
import type { ReferenceResult } from './report.ts'

/**
 * Means over bins; the last bin may be cut short by the end, and has the mean of the one before it where that leaves
 * nothing of it. The engine's means are differences of integrals: the shorter the bin, the more their last digits weigh.
 */
export function compareSeries(series: Series, reference: ReferenceResult): string | null {
  const { history, endS } = reference
  const clusters = history[0].watts.length
  for (let bin = 0; bin < series.bins; bin++) {
    const isSliver = bin > 0 && endS - bin * series.widthS < 1e-9 * series.widthS
    const fromS = (isSliver ? bin - 1 : bin) * series.widthS
    const toS = Math.min(fromS + series.widthS, endS)
    const slack = 1e-9 + (1e-13 * endS) / (toS - fromS)
    const pieces = history.filter(piece => piece.toS > fromS && piece.fromS < toS)
    const meanOf = (of: (piece: Piece) => number) => integrate(pieces, of, fromS, toS) / (toS - fromS)
    const pairs: [string, number, number][] = [
      ['waiting', series.waiting[bin], meanOf(piece => piece.waiting)],
      ['running', series.running[bin], meanOf(piece => piece.running)],
    ]
    for (let c = 0; c < clusters; c++) {
      pairs.push([`watts of ${c}`, series.watts[bin * clusters + c], meanOf(piece => piece.watts[c])])
      pairs.push([`busyCores of ${c}`, series.busyCores[bin * clusters + c], meanOf(piece => piece.busyCores[c])])
      pairs.push([`upNodes of ${c}`, series.upNodes[bin * clusters + c], meanOf(piece => piece.upNodes[c])])
    }
    for (const [name, actual, expected] of pairs) {
      const difference = compareNearly(`series.${name}, bin ${bin} (${fromS} to ${toS} s)`, actual, expected, slack)
      if (difference !== null) return difference
    }
  }
  return compareCounts(series, reference)
}

/** A bin holds what happened from its begin to before its end; the last one its end too. */
function compareCounts(series: Series, { log, jobs, endS }: ReferenceResult): string | null {
  if (endS === 0) return null
  for (const [name, kind] of [
    ['submitted', 'submit'],
    ['completed', 'complete'],
  ] as const) {
    const expected = Array.from({ length: series.bins }, () => 0)
    for (const row of log)
      if (row.kind === kind) expected[Math.min(series.bins - 1, Math.floor(row.time / series.widthS))]++
    const difference = compareExactly(`series.${name}`, [...series[name]], expected)
    if (difference !== null) return difference
  }
  const misses = series.deadlineMisses.reduce((sum, value) => sum + value, 0)
  return compareExactly('deadline misses in all bins', misses, jobs.filter(job => job.deadlineMissed).length)
}
