/**
 * ECSched (Hu, de Laat and Zhao, FGCS 2020): the first stages that wait are placed together, by a flow of the least cost
 * through a graph of stages and nodes, one stage a node; then again with what is left, some rounds. Costs are kept from
 * decision to decision and found anew only for nodes that changed (`Pass.ranked`). No flow is kept, for all that flowed
 * has been placed.
 */
import type { OptionSchema } from '../schema.ts'
import { orders } from './orders/index.ts'
import type { Choice, Pass, Policy, PolicyEntry, Scorer } from './policy.ts'
import { MostAligned, MostLoaded } from './scorers/ecsched.ts'
import { type Assignment, assign, type Batch } from './solvers/assignment.ts'

const scorers = { 'dot-product': MostAligned, 'most-loaded': MostLoaded } as const

const options = {
  order: { type: 'string', description: 'Queue order.', enum: Object.keys(orders), default: 'fcfs' },
  cost: {
    type: 'string',
    description:
      'What an edge costs, less being better: dot-product: minus the product of what is asked for and what is free; most-loaded: minus the share of what is free that is asked for.',
    enum: Object.keys(scorers),
    default: 'dot-product',
  },
  stages: {
    type: 'integer',
    description: 'So many stages that wait are placed together at most.',
    minimum: 1,
    maximum: 10_000,
    default: 100,
  },
  rounds: {
    type: 'integer',
    description: 'So often in a decision, a node getting one stage each time.',
    minimum: 1,
    maximum: 1000,
    default: 5,
  },
  network: {
    type: 'boolean',
    description: 'Whether the way of request, data and answer from and to the origin adds to the cost.',
    default: true,
  },
  perSecond: {
    type: 'number',
    description: 'What each second of it adds.',
    minimum: 0,
    default: 0.1,
  },
} as const satisfies Readonly<Record<string, OptionSchema>>

interface Options {
  readonly order: string
  readonly cost: keyof typeof scorers
  readonly stages: number
  readonly rounds: number
  readonly network: boolean
  readonly perSecond: number
}

/** The node of the assignment, then those of the highest score. */
class Assigned implements Choice {
  score = Number.NaN
  node = -1
  private readonly scorer: Scorer

  constructor(scorer: Scorer) {
    this.scorer = scorer
  }

  choose(pass: Pass, stage: number): number {
    const { node } = this
    this.node = -1
    // Who was placed in the same round may keep it off.
    const isFree = node >= 0 && pass.fits(stage, node)
    const chosen = isFree ? node : pass.highest(stage, this.scorer)
    this.score = chosen < 0 ? Number.NaN : -this.scorer.score(pass, pass.classOf(stage), chosen)
    return chosen
  }
}

class EcSched implements Policy {
  readonly order
  private readonly options: Options
  private readonly scorer: Scorer
  private readonly choice: Assigned

  constructor(given: Options) {
    this.options = given
    this.order = orders[given.order]
    this.scorer = new scorers[given.cost]()
    this.choice = new Assigned(this.scorer)
  }

  decide(pass: Pass): void {
    pass.lookAhead()
    for (let round = 0; round < this.options.rounds; round++) {
      const placed = this.placeAll(pass, assign(this.batches(pass)))
      if (placed === 0) return
    }
  }

  private placeAll(pass: Pass, assignments: readonly Assignment[]): number {
    let placed = 0
    for (const { stage, node } of assignments) {
      this.choice.node = node
      if (pass.place(stage, this.choice)) placed++
    }
    return placed
  }

  /** The first stages that wait and fit somewhere, those together that may go to the same nodes at the same costs. */
  private batches(pass: Pass): Batch[] {
    const alike = new Map<string, { stages: number[]; added: readonly number[]; fits: boolean }>()
    let count = 0
    // Those that fit nowhere are passed over, up to ten times as many.
    let looked = 10 * this.options.stages
    for (
      let stage = pass.following(-1);
      stage >= 0 && count < this.options.stages && looked > 0;
      stage = pass.following(stage)
    ) {
      looked--
      const added = this.networkCosts(pass, stage)
      const key = `${pass.classOf(stage)} ${pass.originOf(stage)} ${added}`
      const group = alike.get(key) ?? { stages: [], added, fits: this.best(pass, stage, 1).length > 0 }
      alike.set(key, group)
      if (!group.fits) continue
      group.stages.push(stage)
      count++
    }
    return [...alike.values()]
      .filter(({ fits }) => fits)
      .map(({ stages, added }) => this.batchOf(pass, stages, added, count))
  }

  private batchOf(pass: Pass, stages: readonly number[], added: readonly number[], count: number): Batch {
    const stageClass = pass.classOf(stages[0])
    const nodes = this.best(pass, stages[0], count)
    const costs = nodes.map(node => added[pass.model.nodeCluster[node]] - this.scorer.score(pass, stageClass, node))
    return { stages, nodes, costs }
  }

  /** So many of the best nodes of each cluster that its origin reaches. */
  private best(pass: Pass, stage: number, count: number): number[] {
    const nodes: number[] = []
    for (let cluster = 0; cluster < pass.model.clusters.count; cluster++)
      if (pass.reaches(stage, cluster)) nodes.push(...pass.ranked(stage, this.scorer, cluster, count))
    return nodes
  }

  /** By cluster. */
  private networkCosts(pass: Pass, stage: number): number[] {
    const { network, perSecond } = this.options
    return Array.from({ length: pass.model.clusters.count }, (_, cluster) =>
      network ? perSecond * (pass.wayOut(stage, cluster) + pass.wayBack(stage, cluster)) : 0,
    )
  }
}

const defaults: Options = {
  order: options.order.default,
  cost: options.cost.default,
  stages: options.stages.default,
  rounds: options.rounds.default,
  network: options.network.default,
  perSecond: options.perSecond.default,
}

export const ecsched: PolicyEntry = {
  name: 'ecsched',
  summary: 'All that wait at once, by a flow of the least cost from stages to nodes (ECSched); nothing blocks.',
  options,
  create: given => new EcSched({ ...defaults, ...given }),
}
