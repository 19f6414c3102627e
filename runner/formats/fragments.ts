/** Fragments of OpenDC's traces: what each task uses over time, one piece after another (id, duration in ms, cpu_usage in MHz). */
import { readBytes } from '../compile/files.ts'
import type { TraceColumns } from './format.ts'
import { readRows } from './table.ts'

/**
 * The trace with the use over time of its tasks, which then run for as long as their fragments. `coreMhz`: MHz of a core of
 * each task. Throws FabricdtError `file-unreadable` or `bad-trace`.
 */
export function withFragments(trace: TraceColumns, file: string, coreMhz: ArrayLike<number>): TraceColumns {
  const rowOf = new Map(Array.from(trace.id, (id, row) => [id, row]))
  const pieces: { untilS: number; milli: number }[][] = Array.from(trace.id, () => [])
  const endsS = new Float64Array(trace.count)
  readRows({ needs: ['id', 'duration', 'cpu_usage'] }, readBytes(file), file, fragment => {
    const row = rowOf.get(fragment.number('id'))
    if (row === undefined) return
    const [durationMs, mhz] = [fragment.number('duration'), fragment.number('cpu_usage')]
    if (!(durationMs >= 0 && mhz >= 0)) fragment.fail('a fragment needs a duration and a cpu_usage of at least 0')
    if (!(coreMhz[row] > 0)) fragment.fail(`task ${trace.id[row]} has no cpu_capacity: what MHz are of it is not known`)
    endsS[row] += durationMs / 1000
    pieces[row].push({ untilS: endsS[row], milli: Math.round((1000 * mhz) / coreMhz[row] / trace.tasks[row]) })
  })
  return {
    ...trace,
    runS: trace.runS.map((runS, row) => (pieces[row].length === 0 ? runS : endsS[row])),
    course: columnsOf(pieces),
    invented: { ...trace.invented, ...constantOf(pieces) },
  }
}

function columnsOf(pieces: readonly { untilS: number; milli: number }[][]) {
  const start = new Int32Array(pieces.length + 1)
  for (const [row, list] of pieces.entries()) start[row + 1] = start[row] + list.length
  const all = pieces.flat()
  return {
    start,
    untilS: Float64Array.from(all, ({ untilS }) => untilS),
    milli: Float64Array.from(all, ({ milli }) => milli),
  }
}

/** How many have no fragments. */
function constantOf(pieces: readonly unknown[][]): Record<string, number> {
  const without = pieces.filter(list => list.length === 0).length
  return without === 0 ? {} : { 'a constant use, since it has no fragments': without }
}
