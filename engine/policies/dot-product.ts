import { composed } from './compose.ts'

export const dotProduct = composed(
  {
    name: 'dot-product',
    summary:
      'First come, first served onto the node with the least product of what is asked for and what is free there; the head blocks.',
  },
  { order: 'fcfs', blocking: true, choice: 'dot-product' },
)
