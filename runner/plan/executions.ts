/** Jobs of plans that run on clusters now, and what is written down of them. */
import { FabricdtError } from '../errors.ts'
import type { Verification } from '../verify/verification.ts'
import type { Executor } from './execution.ts'
import type { PlanExecution, PlanStatus, StoredPlan } from './plan.ts'
import type { PlanStore } from './store.ts'

export interface ExecutionsOptions {
  readonly store: PlanStore
  /** What runs jobs; null: nothing does. */
  readonly executor: Executor | null
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Second 0 of the scenario's clock, in the same. */
  readonly startedMs: number
}

export class Executions {
  private readonly options: ExecutionsOptions
  private readonly running = new Map<string, { controller: AbortController; ended: Promise<void> }>()

  constructor(options: ExecutionsOptions) {
    this.options = options
  }

  /** Jobs that ran when an earlier planner died are over: `fabricdt-run recover` takes away what is left of them. */
  async closeInterrupted(): Promise<void> {
    const { store } = this.options
    const interrupted = [...store.all()].filter(({ status }) => status === 'executing')
    for (const plan of interrupted) await this.over(plan, 'failed', { error: 'the planner ended while it ran' })
  }

  /**
   * Begins to run the job of a plan; resolves when that is written down. Throws FabricdtError `not-executable` where nothing
   * can run it, or it runs or ran already.
   */
  async begin(plan: StoredPlan): Promise<StoredPlan> {
    const { executor } = this.options
    if (executor === null)
      throw new FabricdtError(
        'not-executable',
        `there are no clusters to run ${plan.id} on: the fabric is a scenario's`,
      )
    if (plan.status !== 'planned' || this.running.has(plan.id))
      throw new FabricdtError('not-executable', `${plan.id} runs or ran already`, { hint: 'Plan the job once more.' })
    const execution = { started_at: this.isoNow(), ended_at: null, latency_ms: null, error: null }
    const begun: StoredPlan = { ...plan, status: 'executing', execution }
    const controller = new AbortController()
    const stored = this.options.store.put(begun)
    const ended = this.follow(begun, stored, executor, controller.signal).finally(() => this.running.delete(plan.id))
    this.running.set(plan.id, { controller, ended })
    await stored
    return begun
  }

  /** Takes the job of a plan away, if it runs; resolves when nothing is left of it. */
  async end(id: string, why: string): Promise<void> {
    const running = this.running.get(id)
    running?.controller.abort(new Error(why))
    await running?.ended
  }

  async endAll(why: string): Promise<void> {
    await Promise.all([...this.running.keys()].map(id => this.end(id, why)))
  }

  private async follow(
    plan: StoredPlan,
    stored: Promise<void>,
    executor: Executor,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, startedMs } = this.options
    try {
      await stored
      signal.throwIfAborted()
      const { completed, latencyMs, verification } = await executor.run(plan, (clock() - startedMs) / 1000, signal)
      await this.over(plan, completed ? 'completed' : 'failed', { latency_ms: latencyMs }, verification)
    } catch (error) {
      await this.over(plan, 'failed', { error: (error as Error).message })
    }
  }

  /** Of a plan that was forgotten meanwhile nothing is written down. */
  private async over(
    plan: StoredPlan,
    status: PlanStatus,
    parts: Partial<PlanExecution>,
    verification: Verification | null = null,
  ): Promise<void> {
    const { store } = this.options
    const execution = { ...(plan.execution as PlanExecution), ended_at: this.isoNow(), ...parts }
    if (store.has(plan.id)) await store.put({ ...plan, status, execution, verification })
  }

  private isoNow(): string {
    return new Date(this.options.clock()).toISOString()
  }
}
