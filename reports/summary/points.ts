/** Points of a sweep, put together. */
import type { MetricInfo, Warning } from '../results.ts'
import type { Summary } from '../summary.ts'
import { mostPointsDrawn } from './drawn.ts'

/** Results of all points, in order of the points, whatever the order of `parts`; of one point, what it is. */
export function joinPoints(parts: readonly Summary[]): Summary {
  const ordered = <T extends { point: number }>(of: (part: Summary) => readonly T[]): T[] =>
    parts.flatMap(of).sort((a, b) => a.point - b.point)
  const rows = ordered(part => part.rows)
  return {
    metrics: joinMetrics(parts),
    rows,
    comparisons: ordered(part => part.comparisons),
    expectations: ordered(part => part.expectations),
    series: ordered(part => part.series),
    distributions: ordered(part => part.distributions),
    warnings: joinWarnings(parts, new Set(rows.map(row => row.point)).size),
  }
}

/** The registry is the same everywhere, but a headline of one point is a headline of all. */
const joinMetrics = (parts: readonly Summary[]): MetricInfo[] =>
  (parts[0]?.metrics ?? []).map((metric, i) => ({ ...metric, headline: parts.some(part => part.metrics[i].headline) }))

/** What every point says is said once, for all of them. */
function joinWarnings(parts: readonly Summary[], points: number): Warning[] {
  const all = parts.flatMap(part => part.warnings).sort((a, b) => (a.point ?? -1) - (b.point ?? -1))
  const counts = new Map<string, number>()
  for (const { message } of all) counts.set(message, (counts.get(message) ?? 0) + 1)
  const everywhere = [...counts].filter(([, count]) => points > 1 && count === points).map(([message]) => message)
  const cut = `Series over time and distributions are kept for the first ${mostPointsDrawn} of ${points} points.`
  return [
    ...(points > mostPointsDrawn ? [cut, ...everywhere] : everywhere).map(message => ({ point: null, message })),
    ...all.filter(({ message }) => !everywhere.includes(message)),
  ]
}
