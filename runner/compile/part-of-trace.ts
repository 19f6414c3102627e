/** The part of a trace that a derived scenario runs. */
import type { TraceColumns } from '../formats/format.ts'
import type { TraceArrivals } from '../scenario/scenario.ts'

/** Jobs submitted in the window, in the order of the file, every `every`th of them; times in the window's, hastened. What tasks use over time is not kept: it is not executed. */
export function partOfTrace(
  trace: TraceColumns,
  { fromS, untilS, every, speedup }: NonNullable<TraceArrivals['part']>,
): TraceColumns {
  const { skipped, invented, dropped, count, course: _unused, ...columns } = trace
  const within = [...trace.submitS.keys()].filter(
    row => trace.submitS[row] >= fromS && (untilS === null || trace.submitS[row] < untilS),
  )
  // Every 2.5th: the third, the fifth, the eighth, …
  const kept = within.filter((_, i) => Math.floor((i + 1) / every) > Math.floor(i / every) || every === 1)
  const picked = Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, Float64Array.from(kept, row => column[row])]),
  ) as typeof columns
  return {
    ...picked,
    ...{ invented, dropped },
    count: kept.length,
    submitS: picked.submitS.map(submitS => (submitS - fromS) / speedup),
    runS: picked.runS.map(runS => runS / speedup),
    estimateS: picked.estimateS.map(estimateS => estimateS / speedup),
    skipped: { ...skipped, 'not in the part that is executed': count - kept.length },
  }
}
