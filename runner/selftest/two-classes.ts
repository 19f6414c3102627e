/** Short and long jobs at one server: a world of which the waits are known under several policies. */
import type { World } from './simulated.ts'
import { plainCluster, poisson } from './worlds.ts'

/** Small, so that runs are short: the series of a result has a bin a second. */
const [shortMs, longMs] = [10, 30]

/** Constant work: the means of a few runs are then nearly normal, which intervals rest on. */
export const twoClasses = [
  { rate: 10, meanS: shortMs / 1000, cv: 0 },
  { rate: 10, meanS: longMs / 1000, cv: 0 },
] as const

/**
 * Which jobs of each workload are measured: `count`, when the queue has forgotten that it began empty; and how many must
 * come, so that hardly ever (4 standard deviations) one workload ends before the other is measured.
 */
export function ordinals(count: number): { from: number; to: number; maxJobs: number } {
  const from = 40
  const to = from + count
  return { from, to, maxJobs: to + Math.ceil(4 * Math.sqrt(2 * to)) }
}

/** Workloads in the order of their names: long, then short. */
export const twoClassesWorld = ({
  maxJobs,
  policies,
  longPriority = 0,
}: {
  maxJobs: number
  policies: NonNullable<World['policies']>
  longPriority?: number
}): World => ({
  fabric: plainCluster(),
  workloads: [
    poisson('short', twoClasses[0].rate, { stages: [{ duration: `${shortMs}ms` }] }, { maxJobs }),
    poisson('long', twoClasses[1].rate, { priority: longPriority, stages: [{ duration: `${longMs}ms` }] }, { maxJobs }),
  ],
  policies,
})
