import { composed } from './compose.ts'

export const greedyLatency = composed(
  {
    name: 'greedy-latency',
    aliases: ['greedy'],
    summary: 'Each job onto the node from which its answer is back at its origin soonest; nothing blocks.',
  },
  { order: 'fcfs', blocking: false, choice: 'greedy-latency' },
)
