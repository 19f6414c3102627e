/** The table of policies: one file, one line. */
import { bestFit } from './best-fit.ts'
import { carbonAware } from './carbon-aware.ts'
import { conservative } from './conservative.ts'
import { cvar } from './cvar.ts'
import { easy } from './easy.ts'
import { f1 } from './f1.ts'
import { fcfs } from './fcfs.ts'
import { firstFit } from './first-fit.ts'
import { greedyLatency } from './greedy-latency.ts'
import { leastAllocated } from './least-allocated.ts'
import type { PolicyEntry } from './policy.ts'
import { resilient } from './resilient.ts'
import { roundRobin } from './round-robin.ts'
import { sjf } from './sjf.ts'

export const policies: readonly PolicyEntry[] = [
  fcfs,
  sjf,
  f1,
  easy,
  conservative,
  roundRobin,
  firstFit,
  bestFit,
  leastAllocated,
  greedyLatency,
  resilient,
  cvar,
  carbonAware,
]

/** The entry of that name or alias. */
export const findPolicy = (name: string): PolicyEntry | undefined =>
  policies.find(entry => entry.name === name || entry.aliases?.includes(name))
