import { composed } from './compose.ts'

export const gpuPacking = composed(
  {
    name: 'gpu-packing',
    summary:
      'First come, first served onto GPUs in use before free ones, and those before nodes that are idle; the head blocks.',
  },
  { order: 'fcfs', blocking: true, choice: 'gpu-packing' },
)
