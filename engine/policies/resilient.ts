import { composed } from './compose.ts'
import { shadowOptions, withShadows } from './wrappers/shadows.ts'

export const resilient = composed(
  { name: 'resilient', summary: 'greedy-latency with hot shadows in other failure domains; the first to end wins.' },
  { order: 'fcfs', blocking: false, choice: 'greedy-latency' },
  { options: shadowOptions, after: withShadows },
)
