/** The policies, naively: sort everything that waits, try it in that order. */
import { place } from './placing.ts'
import type { Job, World } from './world.ts'

export type Choice = 'first-fit' | 'best-fit' | 'least-allocated' | 'round-robin' | 'greedy-latency'

export interface NaivePolicy {
  order: 'fcfs' | 'sjf'
  blocking: boolean
  choice: Choice
  shadows: number
  only: 'deadline' | 'all'
  /** Of round-robin: one after the last node of the last placement. */
  cursor: number
}

const plain = { order: 'fcfs', blocking: true, choice: 'first-fit', shadows: 0, only: 'deadline', cursor: 0 } as const

const defaults: Readonly<Record<string, NaivePolicy>> = {
  fcfs: plain,
  sjf: { ...plain, order: 'sjf' },
  'first-fit': plain,
  'best-fit': { ...plain, choice: 'best-fit' },
  'least-allocated': { ...plain, choice: 'least-allocated' },
  'round-robin': { ...plain, choice: 'round-robin' },
  'greedy-latency': { ...plain, choice: 'greedy-latency', blocking: false },
  resilient: { ...plain, choice: 'greedy-latency', blocking: false, shadows: 1 },
}

export const naivePolicyNames = Object.keys(defaults)

export const createPolicy = (name: string, options: Readonly<Record<string, unknown>>): NaivePolicy => ({
  ...defaults[name],
  ...options,
})

/** One decision pass. */
export function decide(world: World, policy: NaivePolicy): void {
  const everywhere = world.placements.map((_, cluster) => cluster)
  for (const job of queue(world, policy)) {
    if (place(world, job, policy, everywhere)) placeShadows(world, job, policy)
    else if (policy.blocking && world.mutation !== 'blocking ignored') return
  }
}

function queue({ alive, mutation }: World, { order }: NaivePolicy): Job[] {
  const key = (job: Job) => (order === 'sjf' ? job.estimateS : job.submitS)
  const last = (job: Job) => (mutation === 'requeue at the end' && job.attemptsSoFar > 0 ? 1 : 0)
  return alive
    .filter(job => job.waiting)
    .sort(
      (a, b) =>
        last(a) - last(b) ||
        key(a) - key(b) ||
        a.submitS - b.submitS ||
        a.workload - b.workload ||
        a.ordinal - b.ordinal,
    )
}

function placeShadows(world: World, job: Job, policy: NaivePolicy): void {
  const { clusters, workloads } = world.model
  if (policy.only === 'deadline' && workloads.deadlineS[job.workload] === Infinity) return
  for (let i = 0; i < policy.shadows; i++) {
    const used = job.placed.map(attempt => clusters.zone[attempt.cluster])
    const elsewhere = world.placements
      .map((_, cluster) => cluster)
      .filter(cluster => !used.includes(clusters.zone[cluster]) || world.mutation === 'shadows in the same zone')
    if (!place(world, job, policy, elsewhere)) return
    world.shadowPlacements++
  }
}
