import { composed } from './compose.ts'

export const leastAllocated = composed(
  {
    name: 'least-allocated',
    summary: 'First come, first served onto the node with the most free cores; the head blocks.',
  },
  { order: 'fcfs', blocking: true, choice: 'least-allocated' },
)
