/** The table of policies: one file, one line. */
import { bestFit } from './best-fit.ts'
import { bestFitGpu } from './best-fit-gpu.ts'
import { carbonAware } from './carbon-aware.ts'
import { carbonCap } from './carbon-cap.ts'
import { conservative } from './conservative.ts'
import { cvar } from './cvar.ts'
import { dataLocality } from './data-locality.ts'
import { dls } from './dls.ts'
import { dotProduct } from './dot-product.ts'
import { easy } from './easy.ts'
import { ecsched } from './ecsched.ts'
import { ecschedCarbon } from './ecsched-carbon.ts'
import { energyAware } from './energy-aware.ts'
import { f1 } from './f1.ts'
import { fairShare } from './fair-share.ts'
import { fcfs } from './fcfs.ts'
import { fgd } from './fgd.ts'
import { firstFit } from './first-fit.ts'
import { gpuClustering } from './gpu-clustering.ts'
import { gpuPacking } from './gpu-packing.ts'
import { greedyLatency } from './greedy-latency.ts'
import { heft } from './heft.ts'
import { kubeDefault } from './kube-default.ts'
import { leastAllocated } from './least-allocated.ts'
import { ljf } from './ljf.ts'
import { lookahead } from './lookahead.ts'
import { maxMin } from './max-min.ts'
import { minMin } from './min-min.ts'
import { peft } from './peft.ts'
import type { PolicyEntry } from './policy.ts'
import { preemptive } from './preemptive.ts'
import { priceAware } from './price-aware.ts'
import { random } from './random.ts'
import { resilient } from './resilient.ts'
import { roundRobin } from './round-robin.ts'
import { sjf } from './sjf.ts'
import { sufferage } from './sufferage.ts'
import { unicep } from './unicep.ts'
import { weighted } from './weighted.ts'
import { wfp3 } from './wfp3.ts'
import { worstFit } from './worst-fit.ts'
import { switchable } from './wrappers/switching.ts'

const entries: readonly PolicyEntry[] = [
  fcfs,
  sjf,
  ljf,
  f1,
  wfp3,
  unicep,
  easy,
  conservative,
  roundRobin,
  random,
  firstFit,
  bestFit,
  leastAllocated,
  worstFit,
  bestFitGpu,
  dotProduct,
  gpuPacking,
  gpuClustering,
  fgd,
  ecsched,
  ecschedCarbon,
  kubeDefault,
  greedyLatency,
  dataLocality,
  resilient,
  preemptive,
  fairShare,
  minMin,
  maxMin,
  sufferage,
  heft,
  peft,
  dls,
  lookahead,
  cvar,
  carbonAware,
  carbonCap,
  priceAware,
  energyAware,
  weighted,
]

/** Each with the options that all have. */
export const policies: readonly PolicyEntry[] = entries.map(switchable)

/** The entry of that name or alias. */
export const findPolicy = (name: string): PolicyEntry | undefined =>
  policies.find(entry => entry.name === name || entry.aliases?.includes(name))
