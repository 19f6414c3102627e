import { cvarOptions } from './choices/cvar.ts'
import { composed } from './compose.ts'

export const cvar = composed(
  {
    name: 'cvar',
    summary:
      'Each job onto the node with the least CVaR of latency, over sampled work, faults and declared failures; nothing blocks.',
  },
  { order: 'fcfs', blocking: false, choice: 'cvar' },
  { options: cvarOptions },
)
