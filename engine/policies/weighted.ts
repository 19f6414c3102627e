import { weightedOptions } from './choices/weighted.ts'
import { composed } from './compose.ts'

export const weighted = composed(
  {
    name: 'weighted',
    summary: 'Each job onto the node with the least weighted sum of latency, ways, joules and grams; nothing blocks.',
  },
  { order: 'fcfs', blocking: false, choice: 'weighted' },
  { options: weightedOptions },
)
