import { composed } from './compose.ts'

export const f1 = composed(
  {
    name: 'f1',
    summary: 'Early, short and narrow jobs first (F1, a learnt formula); the head blocks; first node that fits.',
  },
  { order: 'f1', blocking: true, choice: 'first-fit' },
)
