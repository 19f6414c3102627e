/** Failures that come when an observed quantity has crossed a bound for a while. */
import { eventKind } from './calendar.ts'
import { apply, lift } from './effects.ts'
import { comparators, compare, metrics } from './metrics.ts'
import type { Triggers as Columns } from './model.ts'
import { streams } from './random.ts'
import type { Run } from './run.ts'

/** Substreams of triggers, beside those of the random failures. */
const firstStream = 0x8000

/** State of the triggers of one run. */
export class Triggers {
  readonly count: number
  /** A firing with another generation is stale: the condition ceased to hold. */
  readonly generation: Int32Array
  readonly armed: Uint8Array
  readonly holds: Uint8Array
  /** How often each has fired, and the effects that its last firing brought. */
  readonly fired: Int32Array
  readonly effects: number[][]

  constructor({ count }: Columns) {
    this.count = count
    this.generation = new Int32Array(count)
    this.armed = new Uint8Array(count).fill(1)
    this.holds = new Uint8Array(count)
    this.fired = new Int32Array(count)
    this.effects = Array.from({ length: count }, () => [])
  }
}

/** Looks at the conditions of all armed triggers: at the end of an instant. */
export function observe(run: Run): void {
  const { triggers, model } = run
  for (let t = 0; t < triggers.count; t++) {
    if (triggers.armed[t] === 0) continue
    const holds = isMet(run, t)
    if (holds === (triggers.holds[t] === 1)) continue
    triggers.holds[t] = holds ? 1 : 0
    triggers.generation[t]++
    if (holds) run.schedule(run.now + model.triggers.holdS[t], eventKind.trigger, t, triggers.generation[t])
  }
}

function isMet(run: Run, t: number): boolean {
  const { metric, cluster, comparator, value } = run.model.triggers
  const observed = metrics[metric[t]].observe?.(run, cluster[t]) ?? Number.NaN
  return compare[comparators[comparator[t]]](observed, value[t])
}

/** The condition has held long enough. */
export function fire(run: Run, t: number): void {
  const { triggers, model } = run
  run.noteTrigger(t)
  triggers.armed[t] = 0
  triggers.holds[t] = 0
  triggers.effects[t] = victims(run, t)
  triggers.fired[t]++
  for (const effect of triggers.effects[t]) apply(run, effect)
  if (model.triggers.forS[t] !== Number.POSITIVE_INFINITY)
    run.schedule(run.now + model.triggers.forS[t], eventKind.triggerRepair, t, 0)
}

export function repairTriggered(run: Run, t: number): void {
  for (const effect of run.triggers.effects[t]) lift(run, effect)
  const { rearmS } = run.model.triggers
  if (rearmS[t] !== Number.POSITIVE_INFINITY) run.schedule(run.now + rearmS[t], eventKind.rearm, t, 0)
}

export function rearm(run: Run, t: number): void {
  run.triggers.armed[t] = 1
}

/** Effects of all members, or of as many as are drawn, without replacement and each with its weight. */
function victims(run: Run, t: number): number[] {
  const { picks, memberStart, memberEffect, memberWeight } = run.model.triggers
  const members = Array.from({ length: memberStart[t + 1] - memberStart[t] }, (_, i) => memberStart[t] + i)
  if (picks[t] === 0) return members.map(member => memberEffect[member])
  const left = members.filter(member => memberWeight[member] > 0)
  const drawn: number[] = []
  run.random.select(streams.failures, firstStream + t, 0, run.triggers.fired[t])
  while (drawn.length < picks[t] && left.length > 0) {
    const at = pick(
      left.map(member => memberWeight[member]),
      run.random.uniform(),
    )
    drawn.push(...left.splice(at, 1))
  }
  return drawn.sort((a, b) => a - b).map(member => memberEffect[member])
}

/** The first position whose cumulative weight exceeds the share u of all weights; the last if rounding leaves none. */
function pick(weights: readonly number[], u: number): number {
  const mark = u * weights.reduce((sum, weight) => sum + weight, 0)
  let cumulative = 0
  for (const [i, weight] of weights.entries()) {
    cumulative += weight
    if (cumulative > mark) return i
  }
  return weights.length - 1
}
