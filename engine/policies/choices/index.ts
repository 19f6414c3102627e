/** Choices of a node by name; each call makes a fresh one, since some remember. They read those options that they know. */
import type { Choice } from '../policy.ts'
import { BestFitGpu } from '../scorers/best-fit-gpu.ts'
import { DotProduct } from '../scorers/dot-product.ts'
import { GpuClustering } from '../scorers/gpu-clustering.ts'
import { GpuPacking } from '../scorers/gpu-packing.ts'
import { WorstFit } from '../scorers/worst-fit.ts'
import { bestFit } from './best-fit.ts'
import { leastCvar } from './cvar.ts'
import { dataLocality } from './data-locality.ts'
import { firstFit } from './first-fit.ts'
import { fragmentation } from './fragmentation.ts'
import { greedyLatency } from './greedy-latency.ts'
import { kubeDefault } from './kube-default.ts'
import { leastAllocated } from './least-allocated.ts'
import { leastEnergy } from './least-energy.ts'
import { random } from './random.ts'
import { roundRobin } from './round-robin.ts'
import { Scored } from './scored.ts'
import { weighted } from './weighted.ts'

export const choices: Readonly<Record<string, (options?: Readonly<Record<string, unknown>>) => Choice>> = {
  'first-fit': firstFit,
  'best-fit': bestFit,
  'least-allocated': leastAllocated,
  'round-robin': roundRobin,
  random,
  'data-locality': dataLocality,
  'greedy-latency': greedyLatency,
  'least-energy': leastEnergy,
  weighted,
  'worst-fit': () => new Scored(new WorstFit()),
  'best-fit-gpu': () => new Scored(new BestFitGpu()),
  'dot-product': () => new Scored(new DotProduct()),
  'gpu-packing': () => new Scored(new GpuPacking()),
  'gpu-clustering': () => new Scored(new GpuClustering()),
  fragmentation,
  cvar: leastCvar,
  'kube-default': kubeDefault,
}
