import { composed } from './compose.ts'

export const bestFitGpu = composed(
  {
    name: 'best-fit-gpu',
    summary:
      'First come, first served onto the node that will have least left of cores and GPUs together; the head blocks.',
  },
  { order: 'fcfs', blocking: true, choice: 'best-fit-gpu' },
)
