/** Arrivals of one workload after another: when the next job comes, and what it is. */
import { arrivalKind } from '../../engine/arrivals/index.ts'
import { distributions } from '../../engine/distributions.ts'
import { streams } from '../../engine/random.ts'
import { createUsers, noticeAnswers, send, type User } from './users.ts'
import type { Job, Stage, World } from './world.ts'

export interface Source {
  workload: number
  /** Of the next job. */
  ordinal: number
  /** Infinity: no more. */
  nextS: number
  /** Draws of a diurnal process so far: not every candidate becomes a job. */
  candidates: number
  /** Of a Markov-modulated process: its states so far, the one in force, and when that ends. */
  stays: number
  state: number
  stateEndS: number
  /** Of a closed loop. */
  users: User[]
}

const { trace, renewal, diurnal, mmpp, closed } = arrivalKind

export function createSource(world: World, workload: number): Source {
  const nextS = world.model.workloads.fromS[workload]
  const none = { ordinal: -1, candidates: 0, stays: 0, state: 0, stateEndS: nextS }
  const source: Source = { workload, nextS, ...none, users: createUsers(world, workload) }
  if (world.model.workloads.arrivals[workload] === mmpp) firstState(world, source)
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
  else if (workloads.arrivals[w] === mmpp) modulated(world, source)
  else if (workloads.arrivals[w] === closed) source.nextS = Math.min(...source.users.map(({ doneS }) => doneS))
  else source.nextS += gap(world, source)
  const over = source.nextS >= workloads.untilS[w] || source.nextS > horizonS || source.ordinal >= workloads.maxJobs[w]
  if (over) source.nextS = Infinity
}

/** In a closed loop those whose jobs have left go on. */
export function notice(world: World, source: Source): void {
  if (source.users.length === 0) return
  noticeAnswers(world, source.workload, source.users)
  source.ordinal--
  goOn(world, source)
}

/** By the share of time that each state has. */
function firstState(world: World, source: Source): void {
  const { hash, stateStart, stateStayS } = world.model.workloads
  const stays = [...stateStayS.slice(stateStart[source.workload], stateStart[source.workload + 1])]
  world.random.select(streams.arrivals, 2, hash[source.workload], 0)
  const u = world.random.uniform() * stays.reduce((sum, stay) => sum + stay, 0)
  const until = (state: number) => stays.slice(0, state + 1).reduce((sum, stay) => sum + stay, 0)
  source.state = stays.findIndex((_, state) => until(state) > u)
  stay(world, source)
}

/** Draws when the state that begins ends. */
function stay({ model: { workloads }, random }: World, source: Source): void {
  random.select(streams.arrivals, 1, workloads.hash[source.workload], source.stays++)
  const mean = workloads.stateStayS[workloads.stateStart[source.workload] + source.state]
  source.stateEndS += exponential.draw(random, mean, 0)
}

/** On to where the integral of the rate has grown by an exponential number of mean 1. */
function modulated(world: World, source: Source): void {
  const { hash, stateStart, stateRatePerS, untilS } = world.model.workloads
  const w = source.workload
  world.random.select(streams.arrivals, 0, hash[w], source.ordinal)
  let left = exponential.draw(world.random, 1, 0)
  while (source.nextS < untilS[w] && source.nextS <= world.model.horizonS) {
    const rate = stateRatePerS[stateStart[w] + source.state]
    const grows = rate * (source.stateEndS - source.nextS)
    if (grows >= left) {
      source.nextS += left / rate
      return
    }
    left -= grows
    source.nextS = source.stateEndS
    source.state = (source.state + 1) % (stateStart[w + 1] - stateStart[w])
    stay(world, source)
  }
  source.nextS = Infinity
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
  if (source.users.length > 0) send(source.users, job)
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
