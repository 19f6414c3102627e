/** workloads.csv of KubEnergySched's kind: id, submit (RFC 3339), cpu, mem, duration in seconds, tag. */
import { gibibyte } from './binary-units.ts'
import { addJob, tableFormat } from './table.ts'
import { readTimeS } from './times.ts'

export const kubenergy = tableFormat({
  name: 'kubenergy',
  summary: 'workloads.csv of KubEnergySched: id, submit (RFC 3339), cpu (cores), mem (GiB), duration (s), tag.',
  needs: ['id', 'submit', 'cpu', 'mem', 'duration'],
  gather: (_options, trace) => {
    trace.startAtZero()
    return {
      row: row =>
        addJob(trace, {
          // Names are kept as far as they are numbers.
          id: Number(/\d+$/.exec(row.text('id'))?.[0] ?? trace.count),
          submitS: readTimeS(row, 'submit'),
          runS: row.number('duration'),
          tasks: 1,
          cpuMilli: Math.round(row.number('cpu') * 1000),
          memoryBytes: Math.round(row.number('mem') * gibibyte),
        }),
    }
  },
})
