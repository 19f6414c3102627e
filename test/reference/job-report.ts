/** What is left to say of a job. */
import type { Attempt, Job, World } from './world.ts'

export interface JobReport {
  workload: number
  ordinal: number
  submitTime: number
  waitTime: number
  runTime: number
  latency: number
  outcome: 'completed' | 'failed' | 'cancelled' | 'unfinished'
  cluster: number
  originCluster: number
  deadlineMissed: boolean
  attempts: number
}

/** Times and cluster are those of jobs that completed. */
export function reportJob(world: World, job: Job, endS: number): JobReport {
  const lastWinner = job.outcome === 'completed' ? job.lastWinner : null
  const beginS = lastWinner === null ? NaN : firstBegin(world, job)
  const latencyS = lastWinner === null ? NaN : job.answeredS - job.submitS
  return {
    workload: job.workload,
    ordinal: job.ordinal,
    submitTime: job.submitS,
    waitTime: beginS - job.submitS,
    runTime: lastWinner === null ? NaN : job.endS - beginS,
    latency: latencyS,
    outcome: job.outcome === 'alive' ? 'unfinished' : job.outcome,
    cluster: lastWinner === null ? -1 : lastWinner.cluster,
    originCluster: job.origin,
    deadlineMissed: missed(world, job, latencyS, endS),
    attempts: job.stages.reduce((sum, stage) => sum + stage.attemptsSoFar, 0),
  }
}

const winners = (job: Job): Attempt[] => job.stages.map(stage => stage.winner!)

/** Of the attempts that completed root stages. */
function firstBegin({ model: { stages }, mutation }: World, job: Job): number {
  const isRoot = (s: number) => stages.predecessorStart[s] === stages.predecessorStart[s + 1]
  const begins = winners(job).flatMap(({ stage, beginS }) => (isRoot(stage.index) ? [beginS] : []))
  return mutation === 'wait until the last root begins' ? Math.max(...begins) : Math.min(...begins)
}

function missed({ model, mutation }: World, job: Job, latencyS: number, endS: number): boolean {
  const deadlineS = model.workloads.deadlineS[job.workload]
  if (deadlineS === Infinity) return false
  if (job.outcome === 'failed' || job.outcome === 'cancelled') return true
  if (job.outcome === 'alive') return job.submitS + deadlineS <= endS
  return latencyS > deadlineS || (mutation === 'deadline missed when just met' && latencyS === deadlineS)
}
