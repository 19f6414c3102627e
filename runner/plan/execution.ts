/** A plan on real clusters: its job runs where it was planned, and what was observed is compared with the prediction. */
import type { Model } from '../../engine/index.ts'
import type { Provider } from '../clusters/provider.ts'
import type { FabricState } from '../clusters/state.ts'
import { executeScenario } from '../execute/execute.ts'
import { observe } from '../execute/observe.ts'
import { executeDefaults } from '../scenario/resolve/execute.ts'
import type { ScenarioPolicy } from '../scenario/scenario.ts'
import type { Verification } from '../verify/verification.ts'
import { verify } from '../verify/verify.ts'
import type { PlanningFabric } from './fabric.ts'
import { pinned, type Room } from './pinned.ts'
import type { Plan } from './plan.ts'
import { workloadOf } from './workload.ts'

export interface Executor {
  /** Resolves when the job is over. Throws FabricdtError `cluster-failed`, or the signal's reason. */
  run(plan: Plan, nowS: number, signal: AbortSignal): Promise<Executed>
}

export interface Executed {
  readonly completed: boolean
  /** From submission to the answer being back; null where it did not complete. */
  readonly latencyMs: number | null
  readonly verification: Verification
}

/** Luck that no prediction has seen: those begin at 0. */
const replication = 1000

/** A job of which nothing is heard for so long, though it should have begun or ended, is given up. */
const stallS = 120

export class ClusterExecutor implements Executor {
  private readonly fabric: PlanningFabric
  private readonly state: FabricState
  private readonly provider: Provider
  private readonly image: string

  /** `state`: what `up` made of the fabric's scenario. `image`: what real containers run. */
  constructor(fabric: PlanningFabric, state: FabricState, provider: Provider, image: string) {
    this.fabric = fabric
    this.state = state
    this.provider = provider
    this.image = image
  }

  async run(plan: Plan, nowS: number, signal: AbortSignal): Promise<Executed> {
    const { fabric, state, provider, image } = this
    const workload = workloadOf(plan.job, plan.job.metadata.origin?.cluster ?? fabric.clusterNames[0])
    const model = pinnedModel(fabric, plan, fabric.modelOf(workload, nowS))
    const policy: ScenarioPolicy = { label: plan.strategy.name, ...plan.strategy }
    const scenario = { ...fabric.scenario, workloads: [workload], policies: [policy] }
    let executed: Executed | null = null
    await executeScenario({
      ...{ scenario, model, fabric: state, provider, runId: plan.id, image, replication, stallS, signal },
      onExecuted: (_policy, run) => {
        const observation = observe({ model, provider, replication, scaling: scenario.scaling }, policy, run)
        const { tolerance } = scenario.execute ?? executeDefaults
        const input = {
          model,
          provider: provider.name,
          tolerance,
          derived: [],
          policies: [policy],
          estimates: [],
          noise: null,
        }
        const { jobs, total } = run.result
        executed = {
          completed: total.completed === 1,
          latencyMs: total.completed === 1 && jobs !== undefined ? Number((jobs.latency[0] * 1000).toFixed(3)) : null,
          verification: verify({ ...input, observations: [observation] }),
        }
      },
    })
    if (executed === null) throw new Error(`${plan.id} was not executed`)
    return executed
  }
}

/** The model of the plan's job with the plan's nodes alone. */
export function pinnedModel(fabric: PlanningFabric, plan: Plan, model: Model): Model {
  const uses = [...plan.placement, ...plan.shadows].flatMap(({ stage, cluster, nodes, placed_ms, ends_ms }) =>
    nodes.map(({ node, tasks }) => {
      const index = model.stages.ids.indexOf(stage)
      const stageClass = model.stages.class[index]
      return {
        ...{ stage: index, node: fabric.nodeIn(fabric.clusterNames.indexOf(cluster), node) },
        ...{ fromMs: placed_ms, toMs: ends_ms ?? Number.POSITIVE_INFINITY },
        cpuMilli: tasks * model.classes.cpuMilli[stageClass],
        memoryBytes: tasks * model.classes.memoryBytes[stageClass],
      }
    }),
  )
  const nodesOf = model.stages.ids.map((_, index) =>
    uses.filter(({ stage, node }) => stage === index && node >= 0).map(({ node }) => node),
  )
  return pinned(model, nodesOf, roomOn(uses))
}

interface Use extends Room {
  readonly node: number
  readonly fromMs: number
  readonly toMs: number
}

/** The most that is used of each node at once. */
function roomOn(uses: readonly Use[]): Map<number, Room> {
  const room = new Map<number, Room>()
  for (const { node, fromMs } of uses) {
    const then = uses.filter(
      use => use.node === node && use.fromMs <= fromMs && (use.toMs > fromMs || use.fromMs === fromMs),
    )
    const most = room.get(node) ?? { cpuMilli: 0, memoryBytes: 0 }
    room.set(node, {
      cpuMilli: Math.max(most.cpuMilli, sum(then.map(({ cpuMilli }) => cpuMilli))),
      memoryBytes: Math.max(most.memoryBytes, sum(then.map(({ memoryBytes }) => memoryBytes))),
    })
  }
  return room
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
