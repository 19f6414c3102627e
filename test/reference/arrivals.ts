/** Arrivals of one workload after another: when the next job comes, and what it is. */
import { distributions } from '../../engine/distributions.ts'
import { streams } from '../../engine/random.ts'
import type { Job, World } from './world.ts'

export interface Source {
  workload: number
  /** Of the next job. */
  ordinal: number
  /** Infinity: no more. */
  nextS: number
}

export function createSource(world: World, workload: number): Source {
  const source = { workload, ordinal: -1, nextS: world.model.workloads.fromS[workload] }
  goOn(world, source)
  return source
}

/** Goes on to the next job. */
export function goOn(world: World, source: Source): void {
  const { workloads, horizonS } = world.model
  const w = source.workload
  source.ordinal++
  if (workloads.arrivals[w] === 1) source.nextS = traceTime(world, source)
  else source.nextS += gap(world, source)
  const over = source.nextS >= workloads.untilS[w] || source.nextS > horizonS || source.ordinal >= workloads.maxJobs[w]
  if (over) source.nextS = Infinity
}

function traceTime({ model }: World, { workload, ordinal }: Source): number {
  const row = model.workloads.traceStart[workload] + ordinal
  return row < model.workloads.traceStart[workload + 1] ? model.traces.submitS[row] : Infinity
}

function gap({ model, random }: World, { workload, ordinal }: Source): number {
  random.select(streams.arrivals, 0, model.workloads.hash[workload], ordinal)
  return distribution('exponential').draw(random, 1 / model.workloads.ratePerS[workload], 0)
}

const distribution = (name: string) => distributions.find(entry => entry.name === name)!

export function createJob(world: World, { workload, ordinal }: Source): Job {
  const { workloads, traces, stages } = world.model
  const stage = workloads.stageStart[workload]
  const row = workloads.arrivals[workload] === 1 ? workloads.traceStart[workload] + ordinal : -1
  return {
    workload,
    ordinal,
    submitS: world.now,
    origin: drawOrigin(world, workload, ordinal),
    class: row < 0 ? stages.class[stage] : traces.class[row],
    workS: row < 0 ? drawWork(world, workload, ordinal) : traces.runS[row],
    estimateS: row < 0 ? stages.estimateS[stage] : traces.estimateS[row],
    waiting: true,
    placed: [],
    attemptsSoFar: 0,
    retriesUsed: 0,
    outcome: 'alive',
    endS: Infinity,
    winner: null,
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

/** The stage of a workload of one stage has index 0 within it. */
function drawWork({ model: { workloads, stages }, random }: World, workload: number, ordinal: number): number {
  const stage = workloads.stageStart[workload]
  random.select(streams.work, 0, workloads.hash[workload], ordinal)
  return distributions[stages.work[stage]].draw(random, stages.workA[stage], stages.workB[stage])
}
