/** Arrivals of one workload after another: when the next job comes, and what it is. */
import { distributions } from '../../engine/distributions.ts'
import { streams } from '../../engine/random.ts'
import type { Job, Stage, World } from './world.ts'

export interface Source {
  workload: number
  /** Of the next job. */
  ordinal: number
  /** Infinity: no more. */
  nextS: number
  /** Draws of a diurnal process so far: not every candidate becomes a job. */
  candidates: number
}

const trace = 1
const renewal = 2
const diurnal = 3

export function createSource(world: World, workload: number): Source {
  const source = { workload, ordinal: -1, nextS: world.model.workloads.fromS[workload], candidates: 0 }
  goOn(world, source)
  return source
}

/** Goes on to the next job. */
export function goOn(world: World, source: Source): void {
  const { workloads, horizonS } = world.model
  const w = source.workload
  source.ordinal++
  if (workloads.arrivals[w] === trace) source.nextS = traceTime(world, source)
  else if (workloads.arrivals[w] === diurnal) thin(world, source)
  else source.nextS += gap(world, source)
  const over = source.nextS >= workloads.untilS[w] || source.nextS > horizonS || source.ordinal >= workloads.maxJobs[w]
  if (over) source.nextS = Infinity
}

function traceTime({ model }: World, { workload, ordinal }: Source): number {
  const row = model.workloads.traceStart[workload] + ordinal
  return row < model.workloads.traceStart[workload + 1] ? model.traces.submitS[row] : Infinity
}

/** Seconds from one job to the next. */
function gap({ model: { workloads }, random, mutation }: World, { workload, ordinal }: Source): number {
  random.select(streams.arrivals, 0, workloads.hash[workload], ordinal)
  if (workloads.arrivals[workload] !== renewal) return exponential.draw(random, 1 / workloads.ratePerS[workload], 0)
  const { interval, intervalA, intervalB } = workloads
  const { draw, mean } = distributions[interval[workload]]
  if (mutation === 'intervals always at their mean') return mean(intervalA[workload], intervalB[workload])
  return draw(random, intervalA[workload], intervalB[workload])
}

const exponential = distributions.find(entry => entry.name === 'exponential')!

/** On to the next candidate of a Poisson process at the highest rate that the rate of its instant lets through. */
function thin({ model: { workloads, horizonS }, random, mutation }: World, source: Source): void {
  const w = source.workload
  const highest = 1 + workloads.amplitude[w]
  while (source.nextS < workloads.untilS[w] && source.nextS <= horizonS) {
    random.select(streams.arrivals, 0, workloads.hash[w], source.candidates++)
    source.nextS += exponential.draw(random, 1 / (workloads.ratePerS[w] * highest), 0)
    const phase = (2 * Math.PI * (source.nextS - workloads.peakS[w])) / workloads.periodS[w]
    const rate = mutation === 'rate always at its mean' ? 1 : 1 + workloads.amplitude[w] * Math.cos(phase)
    if (random.uniform() * highest < rate) return
  }
}

export function createJob(world: World, source: Source): Job {
  const { workload, ordinal } = source
  const { stageStart } = world.model.workloads
  const job: Job = {
    workload,
    ordinal,
    submitS: world.now,
    origin: drawOrigin(world, workload, ordinal),
    stages: [],
    outcome: 'alive',
    endS: Infinity,
    answersUnderWay: 0,
    answeredS: -Infinity,
    lastWinner: null,
  }
  for (let s = stageStart[workload]; s < stageStart[workload + 1]; s++) job.stages.push(createStage(world, job, s))
  return job
}

/** It does not wait yet. A job of a trace brings class, work and estimate of its stage. */
function createStage(world: World, job: Job, index: number): Stage {
  const { workloads, traces, stages } = world.model
  const row = workloads.arrivals[job.workload] === trace ? workloads.traceStart[job.workload] + job.ordinal : -1
  return {
    job,
    index,
    class: row < 0 ? stages.class[index] : traces.class[row],
    workS: row < 0 ? drawWork(world, job, index) : traces.runS[row],
    estimateS: row < 0 ? stages.estimateS[index] : traces.estimateS[row],
    waiting: false,
    placed: [],
    attemptsSoFar: 0,
    retriesUsed: 0,
    winner: null,
    saved: null,
  }
}

function drawOrigin({ model: { workloads }, random }: World, workload: number, ordinal: number): number {
  const first = workloads.originStart[workload]
  const last = workloads.originStart[workload + 1] - 1
  if (first === last) return workloads.originCluster[first]
  random.select(streams.origins, 0, workloads.hash[workload], ordinal)
  const u = random.uniform()
  for (let i = first; i < last; i++) if (workloads.originCumulative[i] > u) return workloads.originCluster[i]
  return workloads.originCluster[last]
}

function drawWork({ model: { workloads, stages }, random, mutation }: World, job: Job, stage: number): number {
  const position = mutation === 'stages share their draw' ? 0 : stage - workloads.stageStart[job.workload]
  random.select(streams.work, position, workloads.hash[job.workload], job.ordinal)
  return distributions[stages.work[stage]].draw(random, stages.workA[stage], stages.workB[stage])
}
