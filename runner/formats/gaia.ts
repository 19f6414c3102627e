/** Jobs prepared for carbon-aware scheduling (GAIA, ASPLOS 2024): arrival_time, length, cpus. */
import { jobOfRow, tableFormat } from './table.ts'

export const gaia = tableFormat({
  name: 'gaia',
  summary:
    'Job lists of GAIA (ASPLOS 2024): arrival_time, length, cpus; hours in the files of a year, seconds in that of a week.',
  needs: ['arrival_time', 'length', 'cpus'],
  options: {
    timeUnit: {
      type: 'string',
      description: 'Unit of arrival_time and length: h in the 100k files, s in pai_1k.csv.',
      enum: ['h', 's'],
      default: 'h',
      examples: ['s'],
    },
  },
  gather: jobOfRow((row, options) => {
    const unit = options.timeUnit === 's' ? 1 : 3600
    return {
      submitS: row.number('arrival_time') * unit,
      runS: row.number('length') * unit,
      tasks: 1,
      cpuMilli: Math.round(row.number('cpus') * 1000),
    }
  }),
})
