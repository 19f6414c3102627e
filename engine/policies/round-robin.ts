import { composed } from './compose.ts'

export const roundRobin = composed(
  { name: 'round-robin', summary: 'First come, first served onto the nodes in turn; the head blocks.' },
  { order: 'fcfs', blocking: true, choice: 'round-robin' },
)
