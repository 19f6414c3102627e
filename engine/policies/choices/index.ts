/** Choices of a node by name; each call makes a fresh one, since some remember. */
import type { Choice } from '../policy.ts'
import { bestFit } from './best-fit.ts'
import { dataLocality } from './data-locality.ts'
import { firstFit } from './first-fit.ts'
import { greedyLatency } from './greedy-latency.ts'
import { leastAllocated } from './least-allocated.ts'
import { random } from './random.ts'
import { roundRobin } from './round-robin.ts'

export const choices: Readonly<Record<string, () => Choice>> = {
  'first-fit': firstFit,
  'best-fit': bestFit,
  'least-allocated': leastAllocated,
  'round-robin': roundRobin,
  random,
  'data-locality': dataLocality,
  'greedy-latency': greedyLatency,
}
