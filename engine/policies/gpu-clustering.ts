import { composed } from './compose.ts'

export const gpuClustering = composed(
  {
    name: 'gpu-clustering',
    summary:
      'First come, first served onto a node with tasks of as many GPUs, so that parts and wholes keep apart; the head blocks.',
  },
  { order: 'fcfs', blocking: true, choice: 'gpu-clustering' },
)
