import { composed } from './compose.ts'

export const worstFit = composed(
  {
    name: 'worst-fit',
    summary:
      'First come, first served onto the node that will have most left of cores, memory and GPUs; the head blocks.',
  },
  { order: 'fcfs', blocking: true, choice: 'worst-fit' },
)
