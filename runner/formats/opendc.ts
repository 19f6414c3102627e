/** Tasks of OpenDC's workload traces: id, submission_time, duration (ms), cpu_count, cpu_capacity (MHz), mem_capacity. */
import { jobOfRow, tableFormat } from './table.ts'
import { readTimeS } from './times.ts'

export const opendc = tableFormat({
  name: 'opendc',
  summary:
    'Tasks of OpenDC’s traces (tasks.parquet, or the same as CSV): cpu_count cores each; what they use over time (fragments) is not read.',
  needs: ['id', 'submission_time', 'duration', 'cpu_count', 'mem_capacity'],
  options: {
    hostCores: {
      type: 'integer',
      description:
        'Cores of a host: jobs that ask for more run as several equal tasks, each with its part of the memory. Absent: a job is one task.',
      minimum: 1,
      examples: [16],
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
