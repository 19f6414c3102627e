/** Parquet with columns mapped by name as in CSV; it is unpacked before it is read. */
import { traceFields } from './columns.ts'
import { csv } from './csv.ts'
import type { FormatEntry, TraceColumns } from './format.ts'

const names = ['id', 'submitTime', 'runTime', 'estimate', 'tasks', 'cpu', 'memory', 'gpu']
const columns = names.map(name => ({ name, type: 'DOUBLE' as const, nullable: true }))

/** Values of the jobs in the order of the columns. */
const valuesOf = (trace: TraceColumns, from: number, to: number): Float64Array[] =>
  traceFields.map(field => {
    const values = trace[field].subarray(from, to)
    return field === 'cpuMilli' ? values.map(milli => milli / 1000) : values
  })

export const parquet: FormatEntry = {
  ...csv,
  name: 'parquet',
  summary: 'Parquet, one job a row, columns mapped as those of csv.',
  recognises: () => false,
  write: async trace => {
    const { rowRanges, writeParquet } = await import('../../reports/parquet/write.ts')
    const groups = function* () {
      for (const { from, to } of rowRanges(trace.count)) yield { rows: to - from, columns: valuesOf(trace, from, to) }
    }
    return writeParquet(columns, groups())
  },
}
