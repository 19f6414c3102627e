import { composed } from './compose.ts'

export const fgd = composed(
  {
    name: 'fgd',
    summary:
      'First come, first served onto the GPU whose loss to fragments grows least (fragmentation gradient descent); the head blocks.',
  },
  { order: 'fcfs', blocking: true, choice: 'fragmentation' },
)
