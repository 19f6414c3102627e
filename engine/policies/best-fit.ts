import { composed } from './compose.ts'

export const bestFit = composed(
  {
    name: 'best-fit',
    summary: 'First come, first served onto the node with the fewest free cores that fits; the head blocks.',
  },
  { order: 'fcfs', blocking: true, choice: 'best-fit' },
)
