/** The input of ECSched's authors (Hu et al., FGCS 2020): number, arrival, duration, CPU, memory; no header line. */
import { gibibyte } from './binary-units.ts'
import { jobOfRow, tableFormat } from './table.ts'

const header = ['id', 'arrival', 'duration', 'cpu', 'mem']

export const ecsched = tableFormat({
  name: 'ecsched',
  summary:
    'Input of the ECSched authors (FGCS 2020): id, arrival, duration, cpu, mem by spaces; a unit is a core, or a GiB.',
  header,
  needs: header,
  delimiter: ' ',
  gather: jobOfRow(row => ({
    id: row.number('id'),
    submitS: row.number('arrival'),
    runS: row.number('duration'),
    tasks: 1,
    cpuMilli: Math.round(row.number('cpu') * 1000),
    memoryBytes: row.number('mem') * gibibyte,
  })),
})
