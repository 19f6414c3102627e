import type { Preferences } from '../../preferences.ts'
import type { Choice, Pass, Tell } from '../policy.ts'
import { KubeDefault } from '../scorers/kube-default.ts'
import { nodesThatFit } from './nodes-that-fit.ts'
import { Scored } from './scored.ts'

/** Weights of NodeAffinity, PodTopologySpread and InterPodAffinity beside the 1 of the others (v1.34). */
const weight = 2

/** The greatest score of a plug-in. */
const most = 100

/**
 * The node with the highest sum of kube-scheduler's default scores, lowest index. What is free is ranked by a tree; where
 * a stage prefers nodes or neighbours, or is preferred by such, scores depend on all nodes that fit, and each is looked at.
 */
class KubeChoice implements Choice {
  readonly alike = true
  score = Number.NaN
  private readonly scorer = new KubeDefault()
  private readonly plain = new Scored(this.scorer)

  choose(pass: Pass, stage: number): number {
    const preferences = pass.preferences(pass.classOf(stage))
    if (preferences !== null) return this.chooseAmong(pass, stage, preferences)
    const node = this.plain.choose(pass, stage)
    this.score = this.plain.score
    return node
  }

  /** Where nobody prefers anything the best few of each cluster, else every node that fits. */
  explain(pass: Pass, stage: number, tell: Tell): void {
    const preferences = pass.preferences(pass.classOf(stage))
    if (preferences === null) return this.plain.explain(pass, stage, tell)
    for (const { node, score, preferred } of this.weigh(pass, stage, preferences))
      tell(node, score, { ...this.scorer.terms(pass, pass.classOf(stage), node), ...preferred })
  }

  private chooseAmong(pass: Pass, stage: number, preferences: Preferences): number {
    let best = -1
    this.score = Number.NaN
    for (const { node, score } of this.weigh(pass, stage, preferences)) {
      if (best >= 0 && score >= this.score) continue
      best = node
      this.score = score
    }
    return best
  }

  /** All nodes that fit. */
  private weigh(pass: Pass, stage: number, preferences: Preferences): Weighed[] {
    const nodes = nodesThatFit(pass, stage)
    const affinity = ofNodes(nodes.map(node => preferences.ofNode(node)))
    const neighbours = ofNeighbours(nodes.map(node => preferences.ofNeighbours(node)))
    const evenness = preferences.spreads.length === 0 ? null : ofSpread(crowding(nodes, preferences))
    return nodes.map((node, i) => {
      const preferred = {
        nodeAffinity: weight * affinity[i],
        interPodAffinity: weight * neighbours[i],
        podTopologySpread: weight * (evenness?.[i] ?? 0),
      }
      const plain = this.scorer.score(pass, pass.classOf(stage), node)
      const sum = preferred.nodeAffinity + preferred.interPodAffinity + preferred.podTopologySpread
      return { node, score: -(plain + sum), preferred }
    })
  }
}

interface Weighed {
  readonly node: number
  /** Minus kube-scheduler's. */
  readonly score: number
  readonly preferred: Readonly<Record<string, number>>
}

/** Sums of weights as NodeAffinity makes them 0 … 100: in proportion to the greatest. */
function ofNodes(sums: readonly number[]): number[] {
  const greatest = sums.reduce((max, sum) => Math.max(max, sum), 0)
  return sums.map(sum => (greatest === 0 ? sum : Math.floor((sum * most) / greatest)))
}

/** As InterPodAffinity does: between the least and the greatest; 0 where these are the same. */
function ofNeighbours(sums: readonly number[]): number[] {
  const least = sums.reduce((min, sum) => Math.min(min, sum), Number.POSITIVE_INFINITY)
  const greatest = sums.reduce((max, sum) => Math.max(max, sum), Number.NEGATIVE_INFINITY)
  return sums.map(sum => (greatest > least ? Math.trunc(most * ((sum - least) / (greatest - least))) : 0))
}

/** As PodTopologySpread does: the fewer are there already, the more. */
function ofSpread(counts: readonly number[]): number[] {
  const least = counts.reduce((min, count) => (count < 0 ? min : Math.min(min, count)), Number.POSITIVE_INFINITY)
  const greatest = counts.reduce((max, count) => Math.max(max, count), 0)
  return counts.map(count => {
    if (count < 0) return 0
    return greatest === 0 ? most : Math.floor((most * (greatest + least - count)) / greatest)
  })
}

/** Tasks in the domains of each node, those of many domains weighing more; −1 where a node is in none. */
function crowding(nodes: readonly number[], preferences: Preferences): number[] {
  const spreads = preferences.spreads.map(spread => {
    const domains = new Set(nodes.map(node => preferences.domainOf(spread, node)).filter(domain => domain >= 0))
    return { spread, ofTask: Math.log(domains.size + 2) }
  })
  return nodes.map(node => {
    let sum = 0
    for (const { spread, ofTask } of spreads) {
      const domain = preferences.domainOf(spread, node)
      if (domain < 0) return -1
      sum += preferences.tasksIn(spread, domain) * ofTask + preferences.maxSkew(spread) - 1
    }
    return Math.round(sum)
  })
}

export const kubeDefault = (): Choice => new KubeChoice()
