import { composed } from './compose.ts'

export const random = composed(
  {
    name: 'random',
    summary: 'First come, first served onto any node that fits, all equally likely; the head blocks.',
  },
  { order: 'fcfs', blocking: true, choice: 'random' },
)
