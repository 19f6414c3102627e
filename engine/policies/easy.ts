import { composed } from './compose.ts'

export const easy = composed(
  {
    name: 'easy',
    summary: 'First come, first served; those behind a blocked head may go before it without delaying it.',
  },
  { order: 'fcfs', blocking: true, choice: 'first-fit', backfill: 'easy' },
)
