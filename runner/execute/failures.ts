/** Failures of the model made real, and what the clusters come to believe of their nodes. */
import { type Live, type Model, nodeName } from '../../engine/index.ts'
import type { ObservedFailure } from '../verify/observation.ts'
import type { Clock } from './clock.ts'
import { kindOf, labelOf, targetsOf } from './effects.ts'
import type { FailureTarget, Injection, Injector } from './injector.ts'
import { type Problem, problemOf } from './problem.ts'
import { askEveryS, type FailureRow, Ways } from './ways.ts'

/** One effect on one cluster, from when it is asked for. */
interface Injected {
  readonly effect: number
  readonly target: FailureTarget
  /** Nodes of the model that it is to take down, and those that went down by it: others were down already. */
  readonly wanted: readonly number[]
  readonly nodes: number[]
  /** How it was brought about: at once, and for nodes that an earlier effect held until it went. */
  readonly injections: Injection[]
  /** It has been asked to go. */
  isOver: boolean
  readonly row: FailureRow
}

/** Where nobody can bring it about. */
const modelled: Injection = { means: 'modelled', takeBack: async () => {} }

export class Failures {
  /** In the order in which they came. */
  readonly rows: ObservedFailure[] = []
  readonly problems: Problem[] = []
  private readonly model: Model
  private readonly live: Live
  private readonly injector: Injector
  private readonly clock: Clock
  private readonly ways: Ways
  private readonly all: Injected[] = []
  /** How many effects hold each node down. */
  private readonly heldBy: Int32Array
  /** As the cluster believes. */
  private readonly ready: Uint8Array
  /** One thing after another on each cluster. */
  private readonly chain = new Map<string, Promise<void>>()

  constructor(input: { model: Model; live: Live; injector: Injector; clock: Clock }) {
    this.model = input.model
    this.live = input.live
    this.injector = input.injector
    this.clock = input.clock
    this.ways = new Ways(input)
    this.heldBy = new Int32Array(input.model.nodeGroup.length)
    this.ready = new Uint8Array(input.model.nodeGroup.length).fill(1)
  }

  /** The engine wants an effect to come or to go. True: the engine is told what comes of it, and when. */
  inject(effect: number, comes: boolean): boolean {
    if (comes) for (const where of targetsOf(this.model, effect)) this.come(effect, where)
    else this.go(effect)
    const kind = kindOf(this.model, effect)
    return kind === 'blackout' || this.isRealCut(kind)
  }

  private readonly isRealCut = (kind: FailureTarget['kind']): boolean => kind === 'cut' && this.injector.can(kind)

  private come(effect: number, { target, nodes }: { target: FailureTarget; nodes: number[] }): void {
    const nowS = this.clock.nowS()
    const isDark = target.kind === 'blackout'
    const fresh = isDark ? nodes.filter(node => this.heldBy[node]++ === 0) : nodes
    const row = {
      ...{ label: labelOf(this.model, effect, nowS), cluster: target.cluster, plannedS: nowS },
      ...(target.other === null ? {} : { other: target.other }),
    }
    const times = { injectedS: null, detectedS: null, recoveredS: null, means: '' }
    const injected: Injected = {
      effect,
      target,
      wanted: nodes,
      nodes: [...fresh],
      injections: [],
      isOver: false,
      row: { ...row, ...times },
    }
    this.rows.push(injected.row)
    this.all.push(injected)
    this.next(target.cluster, () => this.bringAbout(injected, fresh))
  }

  private async bringAbout(injected: Injected, nodes: readonly number[]): Promise<void> {
    const { row, target } = injected
    const real = this.injector.can(target.kind)
    const names = nodes.map(node => nodeName(this.model, node))
    const injection = real ? await this.injector.inject({ ...target, nodes: names }) : modelled
    injected.injections.push(injection)
    row.means = injection.means
    row.injectedS ??= this.clock.nowS()
    if (target.kind === 'blackout') for (const node of nodes) this.goDown(node, real)
    if (this.isRealCut(target.kind)) this.ways.cut(this.pairOf(target), row, askOf(injection))
    this.clock.wake()
  }

  private pairOf({ cluster, other }: FailureTarget): number {
    const { names, count } = this.model.clusters
    return names.indexOf(cluster) * count + names.indexOf(other!)
  }

  /** Where a failure is but modelled, so is its detection. */
  private goDown(node: number, isReal: boolean): void {
    const { live, model } = this
    const nowS = this.clock.nowS()
    live.nodeDown(node, nowS)
    if (!isReal) live.nodeLost(node, nowS + model.clusters.detectionS[model.nodeCluster[node]])
  }

  private go(effect: number): void {
    for (const injected of this.all) {
      if (injected.effect !== effect || injected.isOver) continue
      injected.isOver = true
      this.next(injected.target.cluster, () => this.lift(injected))
    }
    if (kindOf(this.model, effect) !== 'blackout') return
    for (const { nodes } of targetsOf(this.model, effect)) for (const node of nodes) this.heldBy[node]--
  }

  private async lift(injected: Injected): Promise<void> {
    const { nodes, row, target } = injected
    await takeBack(injected)
    for (const other of this.all) await this.holdOn(other, nodes)
    // One that comes back before anybody noticed, nobody will tell of.
    for (const node of nodes)
      if (target.kind === 'blackout' && this.heldBy[node] === 0 && (row.means === 'modelled' || this.ready[node] === 1))
        this.live.nodeBack(node, this.clock.nowS())
    if (this.isRealCut(target.kind)) this.ways.lifted(this.pairOf(target))
    else if (nodes.every(node => this.ready[node] === 1)) row.recoveredS ??= this.clock.nowS()
    this.clock.wake()
  }

  /** Nodes that came back though another effect holds them go down by that one. */
  private async holdOn(other: Injected, nodes: readonly number[]): Promise<void> {
    if (other.isOver || other.target.kind !== 'blackout') return
    const held = nodes.filter(
      node => this.heldBy[node] > 0 && other.wanted.includes(node) && !other.nodes.includes(node),
    )
    if (held.length === 0) return
    other.nodes.push(...held)
    await this.bringAbout(other, held)
  }

  /** A cluster says whether a node is ready. */
  node(node: number, isReady: boolean): void {
    if ((this.ready[node] === 1) === isReady) return
    this.ready[node] = isReady ? 1 : 0
    const nowS = this.clock.nowS()
    if (isReady) this.live.nodeBack(node, nowS)
    else this.live.nodeLost(node, nowS)
    for (const { row, nodes, isOver } of this.all) {
      if (row.injectedS === null || !nodes.includes(node)) continue
      // A failure is detected with its last node, and over with the last that is back.
      if (!nodes.every(other => (this.ready[other] === 1) === isReady)) continue
      if (!isReady) row.detectedS ??= nowS
      else if (isOver) row.recoveredS ??= nowS
    }
    this.clock.wake()
  }

  /** Nothing can be heard of a cluster: none of its nodes is known to be ready. */
  silent(cluster: number): void {
    const { nodeStart } = this.model.clusters
    for (let node = nodeStart[cluster]; node < nodeStart[cluster + 1]; node++) this.node(node, false)
  }

  /** Puts back all that is in force. Never throws: what could not be put back is among `problems`. */
  async takeBackAll(): Promise<void> {
    this.ways.stop()
    for (const injected of this.all) this.next(injected.target.cluster, () => takeBack(injected), 'cleanup')
    await Promise.all(this.chain.values())
  }

  private next(cluster: string, act: () => Promise<void>, concerns: Problem['what'] = 'all'): void {
    const before = this.chain.get(cluster) ?? Promise.resolve()
    const after = before.then(act).catch((error: unknown) => void this.problems.push(problemOf(concerns, error)))
    this.chain.set(cluster, after)
  }
}

const askOf = ({ ask }: Injection) => (ask === undefined ? null : () => ask(askEveryS))

/** Last brought about first; what fails is not tried again. */
async function takeBack({ injections }: Injected): Promise<void> {
  for (let last = injections.pop(); last !== undefined; last = injections.pop()) await last.takeBack()
}
