/** Parquet with columns mapped by name as in CSV; it is unpacked before it is read. */
import { traceFields } from './columns.ts'
import { csv } from './csv.ts'
import type { FormatEntry, TraceColumns } from './format.ts'

const rowGroup = 100_000
const names = ['id', 'submitTime', 'runTime', 'estimate', 'tasks', 'cpu', 'memory', 'gpu']
const columns = names.map(name => ({ name, type: 'DOUBLE' as const, nullable: true }))

function* groups(trace: TraceColumns) {
  for (let from = 0; from < trace.count; from += rowGroup) {
    const rows = Math.min(rowGroup, trace.count - from)
    const part = traceFields.map(field => trace[field].subarray(from, from + rows))
    part[traceFields.indexOf('cpuMilli')] = trace.cpuMilli.slice(from, from + rows).map(milli => milli / 1000)
    yield { rows, columns: part }
  }
}

export const parquet: FormatEntry = {
  ...csv,
  name: 'parquet',
  summary: 'Parquet, one job a row, columns mapped as those of csv.',
  recognises: () => false,
  write: async trace => {
    const { writeParquet } = await import('../../reports/parquet/write.ts')
    return writeParquet(columns, groups(trace))
  },
}
