/** The ten sequences of 1,024 jobs on which RLScheduler's tables rest, and what a policy makes of them. */
import { findPolicy, type Model, type Policy, simulate } from '../../engine/index.ts'
import { tinyModel } from '../reference/tiny-model.ts'
import type { SwfJob } from './swf.ts'

const length = 1024

/** Hosts of one processor, empty at first; times stay those of the trace, for F1 looks at them. */
export function sequencesOf(jobs: readonly SwfJob[], starts: readonly number[], nodes: number): Model[] {
  return starts.map(start => {
    const trace = jobs.slice(start, start + length).map(({ submitS, runS, requestedS, processors }) => ({
      submitS,
      runS,
      estimateS: requestedS,
      request: { tasks: processors },
    }))
    return tinyModel({ nodes, workloads: [{ name: 'w', trace }] })
  })
}

/** Mean bounded slowdown of a sequence. */
export const slowdownOf = (model: Model, policy: string, options: object, compat: 'rlscheduler' | null): number =>
  slowdownUnder(model, findPolicy(policy)!.create({ ...options }), compat)

/** The same under a policy that is in no table. */
export function slowdownUnder(model: Model, policy: Policy, compat: 'rlscheduler' | null): number {
  const { jobs } = simulate(model, policy, { replication: 0, record: { jobs: true }, compat })
  const { waitTime, runTime } = jobs!
  const slowdowns = Array.from(waitTime, (wait, i) => Math.max(1, (wait + runTime[i]) / Math.max(runTime[i], 10)))
  return mean(slowdowns)
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
