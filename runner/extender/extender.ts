/**
 * The extender: the real kube-scheduler asks which nodes can take a pod (filter) and which it should prefer
 * (prioritize). The first answer is what the engine holds to be possible and nothing else; the second is the order in
 * which the policy would choose: its choice has the highest score alone, what it would choose without that the next.
 */
import type { V1Pod } from '@kubernetes/client-node'
import type { Capacity } from '../../engine/capacity.ts'
import type { Model } from '../../engine/model.ts'
import { planJobs } from '../../engine/planning.ts'
import type { Policy } from '../../engine/policies/policy.ts'
import type { LiveState, Site } from '../live/live-state.ts'
import { createPolicy, type Strategy } from '../plan/estimate.ts'
import type { PlanningFabric } from '../plan/fabric.ts'
import { podJob } from './pod-job.ts'
import { type ExtenderArgs, type FilterResult, type HostPriority, mostScore, namesOf } from './wire.ts'

export interface ExtenderOptions {
  readonly state: LiveState
  readonly site: Site
  readonly strategy: Strategy
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

/** The scheduler binds within moments; what it never bound is forgotten. */
const assumedMs = 30_000

/** Models of pods that ask for the same. */
const mostModels = 256

interface Question {
  readonly model: Model
  /** Node of the fabric by the name that the scheduler has for it, of those that it asks about. */
  readonly nodes: ReadonlyMap<string, number>
}

export class Extender {
  private readonly options: ExtenderOptions
  private readonly fabric: PlanningFabric
  /** It may remember things from pod to pod: that is asked first, and only once for each. */
  private readonly policy: Policy
  private readonly models = new Map<string, Model>()

  constructor(options: ExtenderOptions) {
    this.options = options
    this.fabric = options.state.fabric
    this.policy = createPolicy(options.strategy)
  }

  filter(args: ExtenderArgs): FilterResult {
    const { model, nodes } = this.question(args)
    const capacity = this.fabric.capacityFor(model)
    const FailedNodes: Record<string, string> = {}
    const fitting: string[] = []
    for (const name of namesOf(args)) {
      const why = whyNot(model, capacity, nodes.get(name))
      if (why === null) fitting.push(name)
      else FailedNodes[name] = why
    }
    // The scheduler does not ask what it should prefer of one.
    if (fitting.length === 1) this.assume(args.Pod, fitting[0])
    return { ...listed(args, fitting), FailedNodes, Error: '' }
  }

  prioritize(args: ExtenderArgs): HostPriority[] {
    const { model, nodes } = this.question(args)
    const ranks = this.rank(model, nodes)
    const [first] = ranks.keys()
    const names = namesOf(args)
    const chosen = names.find(name => nodes.get(name) === first)
    if (chosen !== undefined) this.assume(args.Pod, chosen)
    return names.map(Host => ({ Host, Score: mostScore - (ranks.get(nodes.get(Host) ?? -1) ?? mostScore) }))
  }

  private question({ Pod, ...rest }: ExtenderArgs): Question {
    const { clock, site, state } = this.options
    state.settle(clock())
    state.unassume(site, Pod)
    const names = namesOf({ Pod, ...rest })
    const nodes = new Map(names.map(name => [name, state.nodeOf(site, name)]))
    const known = names.find(name => (nodes.get(name) ?? -1) >= 0) ?? ''
    return { model: this.modelOf(Pod, known), nodes }
  }

  /** Nodes in the order in which the policy would choose them, from 0: as many as there are scores above 0. */
  private rank(model: Model, nodes: ReadonlyMap<string, number>): Map<number, number> {
    const { capacity } = this.fabric
    const asked = new Set(nodes.values())
    const hidden: number[] = []
    const hide = (node: number) => {
      capacity.show(node, false)
      hidden.push(node)
    }
    for (let node = 0; node < capacity.ready.length; node++)
      if (capacity.ready[node] === 1 && !asked.has(node)) hide(node)
    const ranks = new Map<number, number>()
    try {
      for (let rank = 0; rank < mostScore; rank++) {
        const node = this.choice(model, rank === 0 ? this.policy : createPolicy(this.options.strategy))
        if (node < 0) break
        ranks.set(node, rank)
        hide(node)
      }
    } finally {
      for (const node of hidden) capacity.show(node, true)
    }
    return ranks
  }

  /** Where the policy would place the pod; −1. */
  private choice(model: Model, policy: Policy): number {
    const capacity = this.fabric.capacityFor(model)
    const { attempts } = planJobs(model, policy, { replication: 0, record: { series: false }, capacity })
    return attempts[0]?.tasks[0].node ?? -1
  }

  private assume(pod: V1Pod, name: string): void {
    const { clock, site, state } = this.options
    state.assume(site, pod, name, clock() + assumedMs)
  }

  /** `nodeName`: one of those that are asked about; all are taken to be scaled alike. */
  private modelOf(pod: V1Pod, nodeName: string): Model {
    const { site, state } = this.options
    const request = state.requestOn(site, pod, nodeName)
    const job = podJob(pod, request, this.originOf(pod, state.nodeOf(site, nodeName)))
    const key = JSON.stringify(job)
    const model = this.models.get(key) ?? this.fabric.modelOf(job, 0)
    this.models.delete(key)
    this.models.set(key, model)
    const [oldest] = this.models.keys()
    if (this.models.size > mostModels) this.models.delete(oldest)
    return model
  }

  /** What the pod says, or the cluster of the nodes in question. */
  private originOf({ metadata }: V1Pod, node: number): string {
    const { clusterNames, model } = this.fabric
    const said = metadata?.annotations?.['fabricdt.io/origin']
    if (said !== undefined && clusterNames.includes(said)) return said
    return clusterNames[Math.max(0, node < 0 ? 0 : model.nodeCluster[node])]
  }
}

/** Why the class of the model's only stage does not fit a node now; null where it does. */
function whyNot({ classes, nodeGroup }: Model, capacity: Capacity, node = -1): string | null {
  if (node < 0) return 'not a node of the fabric'
  if (capacity.ready[node] === 0) return 'not ready'
  if (classes.factor[nodeGroup[node]] === 0) return 'does not run what the pod is built for, or is too small'
  return capacity.fitCount(node, 0) > 0 ? null : 'no room'
}

function listed({ NodeNames, Nodes }: ExtenderArgs, names: string[]): Pick<FilterResult, 'Nodes' | 'NodeNames'> {
  if (NodeNames) return { NodeNames: names }
  const wanted = new Set(names)
  return {
    NodeNames: null,
    Nodes: { items: (Nodes?.items ?? []).filter(node => wanted.has(node.metadata?.name ?? '')) },
  }
}
