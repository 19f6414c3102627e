import { composed } from './compose.ts'

export const dataLocality = composed(
  {
    name: 'data-locality',
    summary: 'Each stage where the fewest bytes must be moved to, and of those where it is over first; nothing blocks.',
  },
  { order: 'fcfs', blocking: false, choice: 'data-locality' },
)
