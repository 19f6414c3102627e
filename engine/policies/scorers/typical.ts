/** Which tasks are to be expected: the popular requests of the scenario and their shares. */
import { distributions } from '../../distributions.ts'
import type { Model, Workloads } from '../../model.ts'

export interface Typical {
  readonly cpuMilli: number
  readonly gpuMilli: number
  /** Share of all tasks; they add up to 1. */
  readonly share: number
  /** By group: 1 where it may run. */
  readonly eligible: Uint8Array
}

/**
 * The most popular requests (cores, GPUs, and where they may run) that together make up a share `popularity` of all
 * tasks, most popular first. Jobs count as often as the scenario has them: those of a trace, or as many as are to be
 * expected, of a day where they never end.
 */
export function typicalTasks(model: Model, popularity: number): Typical[] {
  const byRequest = new Map<string, { typical: Typical; tasks: number }>()
  for (const [stageClass, tasks] of tasksByClass(model).entries()) {
    if (tasks === 0) continue
    const typical = typicalOf(model, stageClass)
    const key = `${typical.cpuMilli} ${typical.gpuMilli} ${typical.eligible}`
    const known = byRequest.get(key) ?? { typical, tasks: 0 }
    byRequest.set(key, { typical, tasks: known.tasks + tasks })
  }
  const sorted = [...byRequest.values()].sort((a, b) => b.tasks - a.tasks || compare(b.typical, a.typical))
  const enough = popularity * sorted.reduce((sum, { tasks }) => sum + tasks, 0)
  let counted = 0
  const popular = sorted.filter(({ tasks }) => {
    const isNeeded = counted < enough
    if (isNeeded) counted += tasks
    return isNeeded
  })
  return popular.map(({ typical, tasks }) => ({ ...typical, share: tasks / counted }))
}

const compare = (a: Typical, b: Typical): number => a.cpuMilli - b.cpuMilli || a.gpuMilli - b.gpuMilli

function typicalOf({ classes, groups }: Model, stageClass: number): Typical {
  const eligible = new Uint8Array(groups.count)
  for (let i = classes.groupStart[stageClass]; i < classes.groupStart[stageClass + 1]; i++)
    eligible[classes.groups[i]] = 1
  return { cpuMilli: classes.cpuMilli[stageClass], gpuMilli: classes.gpuMilli[stageClass], share: 0, eligible }
}

const daySeconds = 86_400

function tasksByClass({ classes, horizonS, stages, traces, workloads }: Model): Float64Array {
  const tasks = new Float64Array(classes.count)
  for (let s = 0; s < stages.count; s++) {
    const w = stages.workload[s]
    const from = workloads.traceStart[w]
    const end = workloads.traceStart[w + 1]
    if (stages.class[s] < 0) for (let i = from; i < end; i++) tasks[traces.class[i]] += classes.tasks[traces.class[i]]
    else {
      const lastS = Math.min(workloads.untilS[w], horizonS)
      const seconds = lastS < Number.POSITIVE_INFINITY ? Math.max(0, lastS - workloads.fromS[w]) : daySeconds
      const jobs = end > from ? end - from : Math.min(workloads.maxJobs[w], ratePerS(workloads, w) * seconds)
      tasks[stages.class[s]] += jobs * classes.tasks[stages.class[s]]
    }
  }
  return tasks
}

function ratePerS({ arrivals, interval, intervalA, intervalB, ratePerS: declared }: Workloads, w: number): number {
  const isRenewal = arrivals[w] === 2
  return isRenewal ? 1 / distributions[interval[w]].mean(intervalA[w], intervalB[w]) : declared[w]
}
