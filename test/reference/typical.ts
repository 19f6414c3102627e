/** The popular requests of a model: cores, GPUs, where they may run. */
import { distributions } from '../../engine/distributions.ts'
import type { Model } from '../../engine/model.ts'

export interface ExpectedTask {
  cpuMilli: number
  gpuMilli: number
  groups: number[]
  share: number
}

const known = new WeakMap<Model, ExpectedTask[]>()

/** The most popular, until they make up so large a share of all tasks. */
export function expectedTasks(model: Model, popularity: number): ExpectedTask[] {
  if (!known.has(model)) known.set(model, count(model, popularity))
  return known.get(model)!
}

function count(model: Model, popularity: number): ExpectedTask[] {
  const all: ExpectedTask[] = []
  for (const { stageClass, jobs } of stagesAndJobs(model)) {
    const { classes } = model
    const groups = [...classes.groups.slice(classes.groupStart[stageClass], classes.groupStart[stageClass + 1])]
    const task = { cpuMilli: classes.cpuMilli[stageClass], gpuMilli: classes.gpuMilli[stageClass], groups }
    const same = all.find(other => JSON.stringify({ ...other, share: 0 }) === JSON.stringify({ ...task, share: 0 }))
    const tasks = jobs * classes.tasks[stageClass]
    if (same) same.share += tasks
    else if (tasks > 0) all.push({ ...task, share: tasks })
  }
  all.sort((a, b) => b.share - a.share || b.cpuMilli - a.cpuMilli || b.gpuMilli - a.gpuMilli)
  const enough = popularity * total(all)
  const popular: ExpectedTask[] = []
  for (const task of all) if (total(popular) < enough) popular.push(task)
  return popular.map(task => ({ ...task, share: task.share / total(popular) }))
}

const total = (tasks: readonly ExpectedTask[]): number => tasks.reduce((sum, { share }) => sum + share, 0)

/** In the order of stages, then of jobs. */
function stagesAndJobs({
  classes,
  horizonS,
  stages,
  traces,
  workloads,
}: Model): { stageClass: number; jobs: number }[] {
  const byClass = Array<number>(classes.count).fill(0)
  for (let s = 0; s < stages.count; s++) {
    const w = stages.workload[s]
    const ofTrace = [...traces.class.slice(workloads.traceStart[w], workloads.traceStart[w + 1])]
    if (stages.class[s] === -1) for (const stageClass of ofTrace) byClass[stageClass]++
    else if (ofTrace.length > 0) byClass[stages.class[s]] += ofTrace.length
    else {
      const end = Math.min(horizonS, workloads.untilS[w])
      const seconds = end === Infinity ? 86_400 : Math.max(0, end - workloads.fromS[w])
      const mean = distributions[workloads.interval[w]]?.mean(workloads.intervalA[w], workloads.intervalB[w])
      const rate = workloads.arrivals[w] === 2 ? 1 / mean : workloads.ratePerS[w]
      byClass[stages.class[s]] += Math.min(workloads.maxJobs[w], rate * seconds)
    }
  }
  return byClass.map((jobs, stageClass) => ({ stageClass, jobs }))
}
