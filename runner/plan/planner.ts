/** The planner: answers where a job should go and how it will fare, remembers its plans, and holds their nodes. */
import type { Model } from '../../engine/model.ts'
import { FabricdtError } from '../errors.ts'
import { whyImpossible } from '../scenario/rules/impossible-demand.ts'
import type { ScenarioWorkload } from '../scenario/scenario.ts'
import { assumptionsOf } from './assumptions.ts'
import { checkRequest } from './check-request.ts'
import { type Estimate, estimate } from './estimate.ts'
import type { Executor } from './execution.ts'
import { Executions } from './executions.ts'
import type { PlanningFabric } from './fabric.ts'
import { Holds } from './holds.ts'
import { NoRoomError } from './no-room.ts'
import { placementsOf } from './placements.ts'
import type { Plan, StoredPlan } from './plan.ts'
import { problem, RequestError } from './problem.ts'
import type { CheckedRequest } from './request.ts'
import { createPlanId, type ListOptions, type PlanStore } from './store.ts'
import { Strategies } from './strategies.ts'
import { type PlanVerification, verificationOf } from './verification.ts'
import { windowsOf } from './windows.ts'
import { isRandom, workloadOf } from './workload.ts'

export interface PlannerOptions {
  readonly fabric: PlanningFabric
  readonly store: PlanStore
  /** Milliseconds since 1970. */
  readonly clock: () => number
  /** Whether the fabric follows real clusters. */
  readonly isLive?: boolean
  /** What runs jobs; absent: nothing does. */
  readonly executor?: Executor | null
  /** What jobs may be planned by; absent: the table of policies. */
  readonly strategies?: Strategies
}

export class Planner {
  readonly fabric: PlanningFabric
  readonly holds: Holds
  readonly executions: Executions
  readonly startedMs: number
  readonly isLive: boolean
  readonly strategies: Strategies
  private readonly store: PlanStore
  private readonly clock: () => number

  /** What plans of earlier runs still hold is held again. */
  constructor({ fabric, store, clock, isLive = false, executor = null, strategies }: PlannerOptions) {
    this.strategies = strategies ?? new Strategies()
    this.isLive = isLive
    this.fabric = fabric
    this.store = store
    this.clock = clock
    this.startedMs = clock()
    this.holds = new Holds(fabric)
    this.executions = new Executions({ store, executor, clock, startedMs: this.startedMs })
    for (const plan of store.all())
      if (plan.status === 'planned' && plan.held_until !== null && Date.parse(plan.held_until) > this.startedMs)
        this.hold(plan)
  }

  /** Throws RequestError for a request that is not right, NoRoomError where the job does not fit now. */
  async plan(body: unknown): Promise<Plan> {
    const request = checkRequest(body, this.fabric, this.strategies)
    const workload = workloadOf(request.job, request.job.metadata.origin?.cluster ?? this.fabric.clusterNames[0])
    this.refuseImpossible(workload)
    const nowMs = this.clock()
    this.holds.settle(nowMs)
    const model = this.fabric.modelOf(workload, (nowMs - this.startedMs) / 1000)
    const found = estimate(this.fabric, model, request, isRandom(workload))
    if (found.planned.stuck.length > 0)
      throw new NoRoomError(this.fabric, model, workload, found.planned.stuck, this.holds.nextMs - nowMs)
    const plan = this.describe(request, workload, model, found, nowMs)
    this.hold(plan)
    try {
      await this.store.put({ ...plan, verification: null })
    } catch (error) {
      this.holds.release(plan.id)
      throw error
    }
    return plan
  }

  /** Throws FabricdtError `unknown-plan`. */
  get(id: string): Plan {
    return answerOf(this.stored(id))
  }

  private stored(id: string): StoredPlan {
    const plan = this.store.get(id)
    if (plan === undefined) throw new FabricdtError('unknown-plan', `there is no plan ${id}`)
    return plan
  }

  list(options: ListOptions): { plans: Plan[]; next: string | null } {
    const { plans, next } = this.store.list(options)
    return { plans: plans.map(answerOf), next }
  }

  get count(): number {
    return this.store.count
  }

  /** Begins to run the job of a plan. Throws FabricdtError `unknown-plan`, or `not-executable`. */
  async execute(id: string): Promise<Plan> {
    const begun = await this.executions.begin(this.stored(id))
    // From now on its pods are what takes its nodes.
    this.holds.release(id)
    return answerOf(begun)
  }

  /** What was predicted against what was observed. */
  verify(id: string): PlanVerification {
    return verificationOf(this.stored(id))
  }

  /** Forgets a plan, gives back what it holds and takes its job away. Throws FabricdtError `unknown-plan`. */
  async remove(id: string): Promise<void> {
    this.stored(id)
    this.holds.release(id)
    await this.store.remove(id)
    await this.executions.end(id, 'the plan was deleted')
  }

  /** What is held now. */
  settle(): void {
    this.holds.settle(this.clock())
  }

  private hold(plan: Plan): void {
    this.holds.hold(plan.id, windowsOf(plan, this.fabric))
  }

  private refuseImpossible({ stages }: ScenarioWorkload): void {
    const problems = stages.flatMap((stage, k) => {
      const why = whyImpossible(stage, this.fabric.clusters)
      return why === null ? [] : [problem('impossible-demand', ['job', 'spec', 'stages', k], why, 'Ask for less.')]
    })
    if (problems.length > 0) throw new RequestError(problems)
  }

  private describe(
    request: CheckedRequest,
    workload: ScenarioWorkload,
    model: Model,
    { planned, predicted }: Estimate,
    nowMs: number,
  ): Plan {
    const { placement, shadows } = placementsOf(this.fabric, workload, model, request.policy, planned.attempts)
    const endMs = Math.max(...planned.attempts.map(({ endS }) => (Number.isNaN(endS) ? 0 : endS * 1000)))
    const untilMs = nowMs + Math.max(endMs, predicted.latency_ms?.high ?? 0)
    return {
      id: createPlanId(nowMs),
      name: request.job.metadata.name,
      status: 'planned',
      created_at: new Date(nowMs).toISOString(),
      strategy: { name: request.policy.name, options: request.options },
      job: request.job,
      placement,
      shadows,
      predicted,
      execution: null,
      held_until: request.hold ? new Date(untilMs).toISOString() : null,
      assumptions: assumptionsOf(this.fabric, request, predicted),
    }
  }
}

/** Without what has a route of its own. */
const answerOf = ({ verification: _, ...plan }: StoredPlan): Plan => plan
