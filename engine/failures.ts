/** When failures come and go: at their times, at random, and when a condition has held. */
import { eventKind } from './calendar.ts'
import { distributions } from './distributions.ts'
import { apply, lift } from './effects.ts'
import { streams } from './random.ts'
import type { Run } from './run.ts'

/** Draws that the times of one failure may take from its substream. */
const blocksPerFailure = 16

/** Puts all scheduled failures, and the first of each random one, on the calendar. */
export function scheduleFailures(run: Run): void {
  const { failures, randomFailures } = run.model
  for (let f = 0; f < failures.count; f++) run.schedule(failures.atS[f], eventKind.failure, f, 0)
  for (let m = 0; m < randomFailures.schedule.length; m++) scheduleNext(run, m)
}

export function fail(run: Run, failure: number): void {
  const { forS, effect } = run.model.failures
  if (forS[failure] !== Number.POSITIVE_INFINITY) run.schedule(run.now + forS[failure], eventKind.repair, failure, 0)
  apply(run, effect[failure])
}

export function repair(run: Run, failure: number): void {
  lift(run, run.model.failures.effect[failure])
}

export function failMember(run: Run, member: number): void {
  run.schedule(run.now + run.nodes.downForS[member], eventKind.randomRepair, member, 0)
  apply(run, run.model.randomFailures.effect[member])
}

export function repairMember(run: Run, member: number): void {
  scheduleNext(run, member)
  lift(run, run.model.randomFailures.effect[member])
}

/** Draws when a member fails next and for how long. */
function scheduleNext(run: Run, member: number): void {
  const { schedule, hash, ordinal, weight, up, upA, upB, down, downA, downB } = run.model.randomFailures
  if (weight[member] === 0) return
  const s = schedule[member]
  const failure = run.nodes.failuresOf[member]++
  run.random.select(streams.failures, s, hash[member], ordinal[member], blocksPerFailure * failure)
  const upS = distributions[up[s]].draw(run.random, upA[s], upB[s]) / weight[member]
  run.nodes.downForS[member] = distributions[down[s]].draw(run.random, downA[s], downB[s])
  run.schedule(run.now + upS, eventKind.randomFailure, member, 0)
}
