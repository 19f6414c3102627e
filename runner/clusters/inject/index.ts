/** The table of means: one line a way to make failures real. */
import { cpuQuota } from './cpu-quota.ts'
import { dockerCpus } from './docker-cpus.ts'
import { pauseMeans } from './docker-pause.ts'
import { dropPackets } from './drop-packets.ts'
import { freezeMeans } from './freeze.ts'
import { leaseLoss } from './lease-loss.ts'
import type { Means } from './means.ts'
import { namespaceMeans } from './namespace.ts'
import { networkChaos } from './network-chaos.ts'
import { taint } from './taint.ts'

const means: readonly Means[] = [
  leaseLoss,
  pauseMeans,
  dockerCpus,
  freezeMeans,
  taint,
  cpuQuota,
  dropPackets,
  networkChaos,
  namespaceMeans,
]

export const findMeans = (name: string): Means | undefined => means.find(entry => entry.name === name)
