import { composed } from './compose.ts'

export const ljf = composed(
  {
    name: 'ljf',
    summary: 'Longest estimated job first; the head blocks; first node that fits.',
  },
  { order: 'ljf', blocking: true, choice: 'first-fit' },
)
