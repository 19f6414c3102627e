/**
 * What stages of a class prefer, and what others that run prefer of them, node by node: what kube-scheduler's plug-ins
 * NodeAffinity, InterPodAffinity and PodTopologySpread score before they make it 0 … 100.
 */
import { type Neighbours, termKind } from './model.ts'
import type { NeighbourCounts } from './neighbours.ts'

export class Preferences {
  /** Terms over whose domains it should be spread. */
  readonly spreads: readonly number[]
  private readonly stageClass: number
  private readonly counts: NeighbourCounts
  private readonly terms: Neighbours
  private readonly nodeGroup: Int32Array
  /** Terms that pull a task to others or push it off, as their owner or as one that they are about. */
  private readonly pulls: readonly number[]

  constructor(stageClass: number, counts: NeighbourCounts, terms: Neighbours, nodeGroup: Int32Array, classes: number) {
    const each = Array.from({ length: terms.count }, (_, t) => t)
    const has = (column: Uint8Array, t: number): boolean => column[t * classes + stageClass] === 1
    this.stageClass = stageClass
    this.counts = counts
    this.terms = terms
    this.nodeGroup = nodeGroup
    this.spreads = each.filter(t => terms.kind[t] === termKind.preferredSpread && has(terms.owns, t))
    this.pulls = each.filter(
      t =>
        (isPreference(terms.kind[t]) && (has(terms.owns, t) || has(terms.matches, t))) ||
        // Whom others must run beside is drawn to them a little, too.
        (terms.kind[t] === termKind.affinity && has(terms.matches, t)),
    )
  }

  /** Whether it is the same for all nodes. */
  get isEmpty(): boolean {
    const { preference } = this.terms
    const groups = preference.length / this.counts.isEased.length
    const from = this.stageClass * groups
    const isFlat = preference.subarray(from, from + groups).every(weight => weight === 0)
    return isFlat && this.pulls.length === 0 && this.spreads.length === 0
  }

  /** Sum of the weights of what it prefers of nodes. */
  ofNode(node: number): number {
    const groups = this.terms.preference.length / this.counts.isEased.length
    return this.terms.preference[this.stageClass * groups + this.nodeGroup[node]]
  }

  /** The same number for nodes of the same domain of a spread; −1: of none. */
  domainOf(spread: number, node: number): number {
    return this.counts.domainOf(spread, node)
  }

  /** Tasks in a domain of a spread that it is about. */
  tasksIn(spread: number, domain: number): number {
    return this.counts.matchingIn(spread, domain)
  }

  maxSkew(spread: number): number {
    return this.terms.weight[spread]
  }

  /** Sum of the weights of tasks in the same domains, less those that are avoided; of a requirement of others the weight is 1. */
  ofNeighbours(node: number): number {
    const { counts, terms, stageClass } = this
    let sum = 0
    for (const t of this.pulls) {
      const domain = counts.domainOf(t, node)
      if (domain < 0) continue
      const kind = terms.kind[t]
      const weight = kind === termKind.affinity ? 1 : kind === termKind.avoided ? -terms.weight[t] : terms.weight[t]
      if (kind !== termKind.affinity && counts.owns(t, stageClass)) sum += weight * counts.matchingIn(t, domain)
      if (counts.matches(t, stageClass)) sum += weight * counts.owningIn(t, domain)
    }
    return sum
  }
}

const isPreference = (kind: number): boolean => kind === termKind.preferred || kind === termKind.avoided
