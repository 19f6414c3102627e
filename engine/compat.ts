/**
 * Ways of running that published systems have and their figures rest on. `rlscheduler` (SC'20): arrivals before ends, a
 * decision after each single event, a chosen head that stays chosen while it blocks, its reservation made once; those
 * that are let past come by submission and must end before it.
 */
import { eventKind } from './calendar.ts'
import { EngineError } from './engine-error.ts'
import { kindBits, kindMask } from './event-heap.ts'
import type { Future, Watcher } from './future.ts'
import { arrive } from './jobs.ts'
import type { Model } from './model.ts'
import type { Order } from './policies/policy.ts'
import type { RunOptions } from './run.ts'
import { happen, Simulation } from './simulation.ts'

/** One event a round, the first of those that are due; an arrival is before all else. */
class OneByOne extends Simulation implements Watcher {
  /** What runs, in the order that RLScheduler's list of it happens to have: of ends at one instant the first is next. */
  private readonly running: number[] = []

  constructor(model: Model, order: Order, options: RunOptions) {
    super(model, order, options)
    this.view.lookAhead()
    this.run.future?.watchers.push(this)
  }

  placed(slot: number): void {
    // Of one that was taken away, say by a failure, the slot may still stand there.
    const at = this.running.indexOf(slot)
    if (at >= 0) this.running.splice(at, 1)
    this.running.push(slot)
  }

  reserving(): void {
    const { future } = this.run
    this.running.sort((a, b) => (future as Future).endOf(a) - (future as Future).endOf(b))
  }

  protected override round(): void {
    const { run } = this
    const t = run.clock.due
    const { arrivals } = run
    this.beginRound()
    this.events++
    if (arrivals.topTime === t) arrive(run)
    else {
      const code = this.takeNext(t)
      happen[code & kindMask](run, code >> kindBits)
    }
    run.endRound()
  }

  /** Takes the next entry of the calendar; of several ends the one that is first in the list. */
  private takeNext(t: number): number {
    const { calendar, arena } = this.run
    const code = calendar.topCode
    if ((code & kindMask) !== eventKind.end) {
      calendar.pop()
      return code
    }
    const endOf = (slot: number): number => arena.beginS(slot) + arena.runS(slot)
    this.running.sort((a, b) => endOf(a) - endOf(b))
    const due = new Set<number>()
    for (; calendar.topTime === t && (calendar.topCode & kindMask) === eventKind.end; calendar.pop())
      if (arena.generation(calendar.topCode >> kindBits) === calendar.topGeneration)
        due.add(calendar.topCode >> kindBits)
    const at = this.running.findIndex(slot => due.has(slot))
    const [next] = this.running.splice(at, 1)
    due.delete(next)
    for (const slot of due) this.run.schedule(t, eventKind.end, slot, arena.generation(slot))
    return (next << kindBits) | eventKind.end
  }
}

const simulations = { rlscheduler: OneByOne }

export type Compat = keyof typeof simulations

export const compats = Object.keys(simulations) as readonly Compat[]

/** A simulation as `options.compat` asks for. Throws EngineError if there is no such system. */
export function createSimulation(model: Model, order: Order, options: RunOptions): Simulation {
  const { compat = null } = options
  if (compat === null) return new Simulation(model, order, options)
  const Compatible = simulations[compat]
  if (Compatible === undefined) throw new EngineError(`compat: nothing is known of ${compat}`)
  return new Compatible(model, order, options)
}
