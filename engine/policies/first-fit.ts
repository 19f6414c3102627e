import { composed } from './compose.ts'

export const firstFit = composed(
  { name: 'first-fit', summary: 'First come, first served onto the first node that fits; the head blocks.' },
  { order: 'fcfs', blocking: true, choice: 'first-fit' },
)
