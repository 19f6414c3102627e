import { composed } from './compose.ts'

export const conservative = composed(
  {
    name: 'conservative',
    summary: 'First come, first served; a job may go before others without delaying any of them.',
  },
  { order: 'fcfs', blocking: true, choice: 'first-fit', backfill: 'conservative' },
)
