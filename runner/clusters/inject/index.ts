/** The table of means: one line a way to make failures real. */
import { cpuQuota } from './cpu-quota.ts'
import { pauseMeans } from './docker-pause.ts'
import { dropPackets } from './drop-packets.ts'
import { freezeMeans } from './freeze.ts'
import { leaseLoss } from './lease-loss.ts'
import type { Means } from './means.ts'
import { namespaceMeans } from './namespace.ts'
import { taint } from './taint.ts'

const means: readonly Means[] = [leaseLoss, pauseMeans, freezeMeans, taint, cpuQuota, dropPackets, namespaceMeans]

export const findMeans = (name: string): Means | undefined => means.find(entry => entry.name === name)
