/** The control group of a node (cgroup v1): all that runs on it, with no more CPU than the node has. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FabricdtError } from '../../errors.ts'
import { until } from '../pause.ts'

const hierarchy = '/sys/fs/cgroup'
const periodUs = 100_000
/** Beside 1024 of every other process: a node has the CPU that it says, whatever else the machine does. */
const nodeShares = 65_536
/** The kernel takes no less. */
const leastQuotaUs = 1000

export const hasCgroups1 = (): boolean => existsSync(join(hierarchy, 'cpu', 'cpu.cfs_quota_us'))

/** Makes the group in every controller; what is there stays. Throws what the file system throws. */
export function makeCgroup(cgroup: string, cpuMilli: number): void {
  // `unified` is the other version of control groups, where runc makes some of its own accord.
  for (const controller of readdirSync(hierarchy))
    if (controller !== 'unified') mkdirSync(join(hierarchy, controller, cgroup), { recursive: true })
  // A group of the cpuset controller begins without any processor, and then takes no process.
  for (const file of ['cpuset.cpus', 'cpuset.mems'])
    writeFileSync(join(hierarchy, 'cpuset', cgroup, file), readFileSync(join(hierarchy, 'cpuset', file)))
  writeFileSync(join(hierarchy, 'cpu', cgroup, 'cpu.cfs_period_us'), String(periodUs))
  writeQuota(cgroup, (cpuMilli / 1000) * periodUs)
  writeFileSync(join(hierarchy, 'cpu', cgroup, 'cpu.shares'), String(nodeShares))
}

/** Microseconds of CPU in each tenth of a second; −1 without limit. */
export const readQuota = (cgroup: string): number => Number(readFileSync(quotaFile(cgroup), 'utf8'))

export function writeQuota(cgroup: string, quotaUs: number): void {
  writeFileSync(quotaFile(cgroup), String(quotaUs < 0 ? -1 : Math.max(leastQuotaUs, Math.round(quotaUs))))
}

/** Whether all that runs in the group stands still. */
export function freeze(cgroup: string, frozen: boolean): void {
  const file = join(hierarchy, 'freezer', cgroup, 'freezer.state')
  if (existsSync(file)) writeFileSync(file, frozen ? 'FROZEN' : 'THAWED')
}

/** Ends all that runs in the group, and takes it away. Throws FabricdtError `cluster-failed` when it does not go. */
export async function removeCgroup(cgroup: string): Promise<void> {
  freeze(cgroup, false)
  const gone = await until(
    async () => {
      for (const folder of foldersOf(cgroup)) removeGroup(folder)
      return foldersOf(cgroup).some(existsSync) ? null : true
    },
    { withinMs: 15_000, everyMs: 100 },
  )
  if (gone === null) throw new FabricdtError('cluster-failed', `the control group ${cgroup} does not go`)
}

const quotaFile = (cgroup: string): string => join(hierarchy, 'cpu', cgroup, 'cpu.cfs_quota_us')

/** One in each controller. */
const foldersOf = (cgroup: string): string[] =>
  readdirSync(hierarchy).map(controller => join(hierarchy, controller, cgroup))

/** Those below it first; a group that is not empty yet stays for now. */
function removeGroup(folder: string): void {
  if (!existsSync(folder)) return
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeGroup(join(folder, entry.name))
  try {
    for (const pid of readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean))
      process.kill(Number(pid), 'SIGKILL')
    rmdirSync(folder)
  } catch {
    // Processes end a moment after they are told to.
  }
}
