/** The public face of the engine: no I/O, no clock, no console; a pure function of model, policy and replication. */
import { createSimulation } from './compat.ts'
import { type EventLog, logOf } from './log.ts'
import type { Model } from './model.ts'
import type { Policy } from './policies/policy.ts'
import type { RunResult } from './result.ts'
import type { RunOptions } from './simulation.ts'

export { type Compat, compats, createSimulation } from './compat.ts'
export { EngineError } from './engine-error.ts'
export { Live, type LiveHandler } from './live.ts'
export type { LiveAttempt } from './live-attempt.ts'
export type { EventLog } from './log.ts'
export { type Model, nodeName, shareModel } from './model.ts'
export { findPolicy, policies } from './policies/index.ts'
export type { Choice, Order, Pass, Policy, PolicyEntry, ReservationKind, Tell } from './policies/policy.ts'
export type { RunResult } from './result.ts'
export { type RunOptions, Simulation } from './simulation.ts'
export { type Running, Snapshot } from './snapshot.ts'
export { type BootstrapOptions, bootstrapInterval, type Statistic } from './statistics/bootstrap.ts'
export { paretoFront } from './statistics/pareto.ts'
export { mser5, welchAverage } from './statistics/warm-up.ts'

/**
 * Runs a policy on a model to the end: the plain-loop driver. `policy` must be fresh (it may remember things).
 * Throws EngineError for misuse and for models that never get on.
 */
export function simulate(model: Model, policy: Policy, options: RunOptions): RunResult & { log?: EventLog } {
  const simulation = createSimulation(model, policy.order, { ...options, switches: policy.switches === true })
  while (simulation.advance() === 'decision') policy.decide(simulation.view)
  const result = simulation.result()
  return simulation.log === null ? result : { ...result, log: logOf(simulation.log) }
}
