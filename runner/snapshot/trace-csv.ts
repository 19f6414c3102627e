/** Work as a trace that the format `csv` reads; columns behind those that it knows are for people. */
import type { TraceRow } from './window.ts'

/** CPU in cores, memory in bytes, times in seconds. */
export function traceCsv(rows: readonly TraceRow[]): string {
  const lines = rows.map(
    ({ submitS, runS, cpuMilli, memoryBytes, gpuMilli, state, id }, i) =>
      `${i + 1},${submitS},${runS},${cpuMilli / 1000},${memoryBytes},${gpuMilli / 1000},1,${state},${id}\n`,
  )
  return `id,submitTime,runTime,cpu,memory,gpu,tasks,state,pod\n${lines.join('')}`
}
