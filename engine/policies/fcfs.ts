import { composed } from './compose.ts'

export const fcfs = composed(
  { name: 'fcfs', summary: 'First come, first served; the head blocks; first node that fits.' },
  { order: 'fcfs', blocking: true, choice: 'first-fit' },
)
