/** Tasks of OpenDC's workload traces: id, submission_time, duration (ms), cpu_count, cpu_capacity (MHz), mem_capacity. */
import type { FormatEntry, FormatOptions, TraceColumns } from './format.ts'
import { withFragments } from './fragments.ts'
import { jobOfRow, readRows, tableFormat } from './table.ts'
import { readTimeS } from './times.ts'

const tasks = tableFormat({
  name: 'opendc',
  summary:
    'Tasks of OpenDC’s traces (tasks.parquet, or the same as CSV): cpu_count cores each, which use what their fragments say.',
  needs: ['id', 'submission_time', 'duration', 'cpu_count', 'mem_capacity'],
  reads: ['cpu_capacity'],
  options: {
    hostCores: {
      type: 'integer',
      description:
        'Cores of a host: jobs that ask for more run as several equal tasks, each with its part of the memory. Absent: a job is one task.',
      minimum: 1,
      examples: [16],
    },
    fragments: {
      type: 'string',
      description:
        'What the tasks use over time (fragments.parquet, or the same as CSV: id, duration, cpu_usage), relative to the file of the tasks. Absent: all that they ask for, all the time.',
      examples: ['fragments.parquet'],
    },
    memoryUnit: {
      type: 'string',
      description: 'Unit of mem_capacity: kB in the traces of OpenDC, which its topologies tell in bytes.',
      enum: ['kB', 'MB'],
      default: 'kB',
      examples: ['MB'],
    },
  },
  gather: (options, trace, file) => {
    trace.startAtZero()
    return jobOfRow(row => {
      const cores = row.number('cpu_count')
      const tasks = Math.max(1, Math.ceil(cores / ((options.hostCores as number | undefined) ?? cores)))
      if (tasks > 1) trace.invent('several tasks, since it asks for more cores than a host has')
      return {
        id: row.number('id'),
        submitS: /^\d+$/.test(row.text('submission_time'))
          ? row.number('submission_time') / 1000
          : readTimeS(row, 'submission_time'),
        runS: row.number('duration') / 1000,
        tasks,
        cpuMilli: Math.ceil((cores * 1000) / tasks),
        memoryBytes: Math.ceil((row.number('mem_capacity') * (options.memoryUnit === 'MB' ? 1e6 : 1e3)) / tasks),
      }
    })(options, trace, file)
  },
})

function read(bytes: Uint8Array, file: string, options: FormatOptions): TraceColumns {
  const trace = tasks.read(bytes, file, options)
  const { fragments } = options
  if (typeof fragments !== 'string') return trace
  const mhzOf = new Map<number, number>()
  readRows({ needs: ['id', 'cpu_count', 'cpu_capacity'] }, bytes, file, row => {
    mhzOf.set(row.number('id'), row.number('cpu_capacity') / row.number('cpu_count'))
  })
  return withFragments(
    trace,
    fragments,
    Float64Array.from(trace.id, id => mhzOf.get(id) ?? Number.NaN),
  )
}

export const opendc: FormatEntry = { ...tasks, files: ['fragments'], read }
