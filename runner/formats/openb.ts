/** Alibaba's openb pods with parts of GPUs (Weng et al., Beware of Fragmentation, USENIX ATC 2023). */
import { mebibyte } from './binary-units.ts'
import { jobOfRow, tableFormat } from './table.ts'

export const openb = tableFormat({
  name: 'openb',
  summary: 'Pods of Alibaba’s GPU clusters (cluster-trace-gpu-v2023, openb_pod_list_*.csv), with parts of GPUs.',
  needs: [
    'name',
    'cpu_milli',
    'memory_mib',
    'num_gpu',
    'gpu_milli',
    'creation_time',
    'deletion_time',
    'scheduled_time',
  ],
  options: {
    unscheduled: {
      type: 'string',
      description:
        'Pods that were never scheduled there: left out, or run for as long as they were there (which is invented).',
      enum: ['skip', 'lifetime'],
      default: 'skip',
      examples: ['lifetime'],
    },
  },
  gather: jobOfRow((row, options, trace) => {
    const scheduled = row.number('scheduled_time')
    if (Number.isNaN(scheduled) && options.unscheduled !== 'lifetime') return 'never scheduled'
    const created = row.number('creation_time')
    if (Number.isNaN(scheduled)) trace.invent('run time: from creation to deletion, since it was never scheduled')
    const gpus = row.number('num_gpu')
    return {
      id: Number(/\d+$/.exec(row.text('name'))?.[0] ?? Number.NaN),
      submitS: created,
      runS: row.number('deletion_time') - (Number.isNaN(scheduled) ? created : scheduled),
      tasks: 1,
      cpuMilli: row.number('cpu_milli'),
      memoryBytes: row.number('memory_mib') * mebibyte,
      gpu: gpus === 1 ? row.number('gpu_milli') / 1000 : gpus,
    }
  }),
})
