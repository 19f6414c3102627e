import { energyOptions } from './choices/least-energy.ts'
import { composed } from './compose.ts'

export const energyAware = composed(
  {
    name: 'energy-aware',
    summary: 'Each job onto the node on which it adds the fewest joules and still meets its deadline; nothing blocks.',
  },
  { order: 'fcfs', blocking: false, choice: 'least-energy' },
  { options: energyOptions },
)
