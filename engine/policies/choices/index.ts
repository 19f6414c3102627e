/** Choices of a node by name; each call makes a fresh one, since some remember. They read those options that they know. */
import type { Choice } from '../policy.ts'
import { bestFit } from './best-fit.ts'
import { leastCvar } from './cvar.ts'
import { firstFit } from './first-fit.ts'
import { greedyLatency } from './greedy-latency.ts'
import { leastAllocated } from './least-allocated.ts'
import { roundRobin } from './round-robin.ts'

export const choices: Readonly<Record<string, (options?: Readonly<Record<string, unknown>>) => Choice>> = {
  'first-fit': firstFit,
  'best-fit': bestFit,
  'least-allocated': leastAllocated,
  'round-robin': roundRobin,
  'greedy-latency': greedyLatency,
  cvar: leastCvar,
}
