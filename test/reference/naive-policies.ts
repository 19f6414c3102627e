/** The policies, naively: sort everything that waits, try it in that order. */
import { decideByShare } from './naive-fair-share.ts'
import { decideDisplacing } from './naive-preemption.ts'
import { place } from './placing.ts'
import type { scores } from './scores.ts'
import { compareJobs, type Stage, type World, waitingStages } from './world.ts'

export type Choice =
  | keyof typeof scores
  | 'first-fit'
  | 'best-fit'
  | 'least-allocated'
  | 'round-robin'
  | 'random'
  | 'data-locality'
  | 'greedy-latency'

export interface NaivePolicy {
  order: 'fcfs' | 'sjf' | 'ljf' | 'wfp3' | 'unicep'
  blocking: boolean
  choice: Choice
  shadows: number
  only: 'deadline' | 'all'
  mode: 'hot' | 'standby'
  /** Who is next: the queue's order alone, the tenant with the least share, or with room made by displacing others. */
  by: 'order' | 'share' | 'displacing'
  /** Of round-robin: one after the last node of the last placement. */
  cursor: number
}

const plain = {
  order: 'fcfs',
  blocking: true,
  choice: 'first-fit',
  shadows: 0,
  only: 'deadline',
  mode: 'hot',
  by: 'order',
  cursor: 0,
} as const

const defaults: Readonly<Record<string, NaivePolicy>> = {
  fcfs: plain,
  sjf: { ...plain, order: 'sjf' },
  ljf: { ...plain, order: 'ljf' },
  wfp3: { ...plain, order: 'wfp3' },
  unicep: { ...plain, order: 'unicep' },
  random: { ...plain, choice: 'random' },
  'first-fit': plain,
  'best-fit': { ...plain, choice: 'best-fit' },
  'least-allocated': { ...plain, choice: 'least-allocated' },
  'round-robin': { ...plain, choice: 'round-robin' },
  'worst-fit': { ...plain, choice: 'worst-fit' },
  'best-fit-gpu': { ...plain, choice: 'best-fit-gpu' },
  'dot-product': { ...plain, choice: 'dot-product' },
  'gpu-packing': { ...plain, choice: 'gpu-packing' },
  'gpu-clustering': { ...plain, choice: 'gpu-clustering' },
  'kube-default': { ...plain, choice: 'kube-default', blocking: false },
  fgd: { ...plain, choice: 'fragmentation' },
  'greedy-latency': { ...plain, choice: 'greedy-latency', blocking: false },
  'data-locality': { ...plain, choice: 'data-locality', blocking: false },
  'fair-share': { ...plain, by: 'share', blocking: false },
  preemptive: { ...plain, by: 'displacing', blocking: false },
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
  const tryToPlace = (stage: Stage) => place(world, stage, policy, everywhere)
  if (policy.by === 'share') return decideByShare(world, queue(world, policy), tryToPlace)
  if (policy.by === 'displacing') return decideDisplacing(world, () => queue(world, policy), tryToPlace)
  for (const stage of queue(world, policy)) {
    if (place(world, stage, policy, everywhere)) placeShadows(world, stage, policy)
    else if (policy.blocking && world.mutation !== 'blocking ignored') return
  }
}

/** What comes first, by the least. */
const keys: Record<NaivePolicy['order'], (world: World, stage: Stage) => number> = {
  fcfs: (_world, { job }) => job.submitS,
  sjf: (_world, { estimateS }) => estimateS,
  ljf: (_world, { estimateS }) => -estimateS,
  wfp3: (world, stage) => {
    const ratio = waited(world, stage) / estimateAbove0(stage)
    return -(ratio * ratio * ratio) * tasksOf(world, stage)
  },
  unicep: (world, stage) => -waited(world, stage) / (Math.log2(tasksOf(world, stage) + 1e-15) * estimateAbove0(stage)),
}

const waited = (world: World, { job }: Stage): number => world.now - job.submitS
const estimateAbove0 = ({ estimateS }: Stage): number => (estimateS > 0 ? estimateS : 0.1)
const tasksOf = ({ model }: World, stage: Stage): number => model.classes.tasks[stage.class]

/** By priority, key, submission, workload, ordinal, stage. */
function queue(world: World, { order }: NaivePolicy): Stage[] {
  const { mutation, model } = world
  const key = (stage: Stage) => keys[order](world, stage)
  const last = (stage: Stage) => (mutation === 'requeue at the end' && stage.attemptsSoFar > 0 ? 1 : 0)
  const priority = ({ job }: Stage) => (mutation === 'priority ignored' ? 0 : model.workloads.priority[job.workload])
  return waitingStages(world).sort(
    (a, b) =>
      last(a) - last(b) ||
      priority(b) - priority(a) ||
      key(a) - key(b) ||
      a.job.submitS - b.job.submitS ||
      compareJobs(a.job, b.job) ||
      a.index - b.index,
  )
}

function placeShadows(world: World, stage: Stage, policy: NaivePolicy): void {
  const { clusters, workloads } = world.model
  if (policy.only === 'deadline' && workloads.deadlineS[stage.job.workload] === Infinity) return
  for (let i = 0; i < policy.shadows; i++) {
    const used = stage.placed.map(attempt => clusters.zone[attempt.cluster])
    const elsewhere = world.placements
      .map((_, cluster) => cluster)
      .filter(cluster => !used.includes(clusters.zone[cluster]) || world.mutation === 'shadows in the same zone')
    if (!place(world, stage, policy, elsewhere, policy.mode === 'standby')) return
    world.shadowPlacements++
  }
}
