import { composed } from './compose.ts'

export const sjf = composed(
  { name: 'sjf', summary: 'Shortest estimated job first; the head blocks; first node that fits.' },
  { order: 'sjf', blocking: true, choice: 'first-fit' },
)
