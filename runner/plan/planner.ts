/** The planner: answers where a job should go and how it will fare, remembers its plans, and holds their nodes. */
import type { Model } from '../../engine/model.ts'
import { FabricdtError } from '../errors.ts'
import { whyImpossible } from '../scenario/rules/impossible-demand.ts'
import type { ScenarioWorkload } from '../scenario/scenario.ts'
import { assumptionsOf } from './assumptions.ts'
import { checkRequest } from './check-request.ts'
import { type Estimate, estimate } from './estimate.ts'
import type { PlanningFabric } from './fabric.ts'
import { Holds } from './holds.ts'
import { NoRoomError } from './no-room.ts'
import { placementsOf } from './placements.ts'
import type { Plan } from './plan.ts'
import { problem, RequestError } from './problem.ts'
import type { CheckedRequest } from './request.ts'
import { createPlanId, type ListOptions, type PlanStore } from './store.ts'
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
}

export class Planner {
  readonly fabric: PlanningFabric
  readonly holds: Holds
  readonly startedMs: number
  readonly isLive: boolean
  private readonly store: PlanStore
  private readonly clock: () => number

  /** What plans of earlier runs still hold is held again. */
  constructor({ fabric, store, clock, isLive = false }: PlannerOptions) {
    this.isLive = isLive
    this.fabric = fabric
    this.store = store
    this.clock = clock
    this.startedMs = clock()
    this.holds = new Holds(fabric)
    for (const plan of store.all())
      if (plan.held_until !== null && Date.parse(plan.held_until) > this.startedMs) this.hold(plan)
  }

  /** Throws RequestError for a request that is not right, NoRoomError where the job does not fit now. */
  async plan(body: unknown): Promise<Plan> {
    const request = checkRequest(body, this.fabric)
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
    await this.store.put(plan)
    return plan
  }

  get(id: string): Plan | undefined {
    return this.store.get(id)
  }

  list(options: ListOptions): { plans: Plan[]; next: string | null } {
    return this.store.list(options)
  }

  get count(): number {
    return this.store.count
  }

  /** Runs the job of a plan. Throws FabricdtError `not-executable` where there is nothing to run it on. */
  execute(plan: Plan): Promise<Plan> {
    throw new FabricdtError('not-executable', `there are no clusters to run ${plan.id} on: the fabric is a scenario's`)
  }

  /** What was predicted against what was observed. */
  verify(plan: Plan): PlanVerification {
    return verificationOf(plan, null)
  }

  /** Forgets a plan and gives back what it holds; false where there is none. */
  async remove(id: string): Promise<boolean> {
    this.holds.release(id)
    return this.store.remove(id)
  }

  /** Time on the scenario's clock: its second 0 is when the planner began. */
  get nowS(): number {
    return (this.clock() - this.startedMs) / 1000
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
      held_until: request.hold ? new Date(untilMs).toISOString() : null,
      assumptions: assumptionsOf(this.fabric, request, predicted),
    }
  }
}
