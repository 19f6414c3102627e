/** Failures of the model made real, and what the clusters come to believe of their nodes. */
import type { Live, Model } from '../../engine/index.ts'
import type { ObservedFailure } from '../verify/observation.ts'
import type { Clock } from './clock.ts'
import { kindOf, labelOf, targetsOf } from './effects.ts'
import type { FailureTarget, Injection, Injector } from './injector.ts'

/** One effect on one cluster, from when it is asked for. */
interface Injected {
  effect: number
  target: FailureTarget
  /** Nodes of the model that go down by it. */
  nodes: number[]
  injection: Injection
  /** It has been asked to go. */
  isOver: boolean
  readonly row: { -readonly [field in keyof ObservedFailure]: ObservedFailure[field] }
}

const nothing: Injection = { means: '', takeBack: async () => {} }

/** Where nobody can bring it about. */
const modelled: Injection = { means: 'modelled', takeBack: async () => {} }

export class Failures {
  /** In the order in which they came. */
  readonly rows: ObservedFailure[] = []
  /** What could not be done on a cluster, in words. */
  readonly problems: string[] = []
  private readonly model: Model
  private readonly live: Live
  private readonly injector: Injector
  private readonly clock: Clock
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
    this.heldBy = new Int32Array(input.model.nodeGroup.length)
    this.ready = new Uint8Array(input.model.nodeGroup.length).fill(1)
  }

  /** The engine wants an effect to come or to go. */
  inject(effect: number, comes: boolean): void {
    if (comes) for (const where of targetsOf(this.model, effect)) this.come(effect, where)
    else this.go(effect)
  }

  private come(effect: number, { target, nodes }: { target: FailureTarget; nodes: number[] }): void {
    const nowS = this.clock.nowS()
    const isDark = target.kind === 'blackout'
    const fresh = isDark ? nodes.filter(node => this.heldBy[node]++ === 0) : nodes
    const row = { label: labelOf(this.model, effect, nowS), cluster: target.cluster, plannedS: nowS }
    const times = { injectedS: null, detectedS: null, recoveredS: null, means: '' }
    const injected = { effect, target, nodes: fresh, injection: nothing, isOver: false, row: { ...row, ...times } }
    this.rows.push(injected.row)
    this.all.push(injected)
    this.next(target.cluster, () => this.bringAbout(injected))
  }

  private async bringAbout(injected: Injected): Promise<void> {
    const { row, target, nodes } = injected
    const names = targetsOf(this.model, injected.effect).find(where => where.target.cluster === target.cluster)
    const real = this.injector.can(target.kind)
    const down = names?.target.nodes.filter((_, i) => nodes.includes(names.nodes[i])) ?? []
    injected.injection = real ? await this.injector.inject({ ...target, nodes: down }) : modelled
    row.means = injected.injection.means
    row.injectedS ??= this.clock.nowS()
    if (target.kind === 'blackout') for (const node of nodes) this.goDown(node, real)
    this.clock.wake()
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
    const { injection, nodes, row, target } = injected
    await injection.takeBack()
    injected.injection = nothing
    const held = nodes.filter(node => this.heldBy[node] > 0)
    if (held.length > 0) await this.holdOn(injected, held)
    for (const node of nodes)
      // One that comes back before anybody noticed, nobody will tell of.
      if (this.heldBy[node] === 0 && target.kind === 'blackout' && (injection === modelled || this.ready[node] === 1))
        this.live.nodeBack(node, this.clock.nowS())
    if (nodes.every(node => this.ready[node] === 1)) row.recoveredS ??= this.clock.nowS()
    this.clock.wake()
  }

  /** Nodes that another effect still holds do not come back with this one: they are that one's now. */
  private async holdOn({ target, injection }: Injected, nodes: number[]): Promise<void> {
    for (const other of this.all) {
      if (other.isOver || other.target.cluster !== target.cluster || other.target.kind !== target.kind) continue
      const whole = targetsOf(this.model, other.effect).find(where => where.target.cluster === target.cluster)
      const its = nodes.filter(node => whole?.nodes.includes(node) && !other.nodes.includes(node))
      if (its.length === 0) continue
      other.nodes.push(...its)
      nodes = nodes.filter(node => !its.includes(node))
      if (injection !== modelled) await this.extend(other)
    }
  }

  /** Brings about the rest of an effect too. */
  private async extend(injected: Injected): Promise<void> {
    const before = injected.injection
    await this.bringAbout(injected)
    const { means, takeBack } = injected.injection
    const takeBackAll = async (): Promise<void> => {
      await takeBack()
      await before.takeBack()
    }
    injected.injection = { means, takeBack: takeBackAll }
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
    for (const { target, injection } of this.all) this.next(target.cluster, async () => void (await injection.takeBack()))
    await Promise.all(this.chain.values())
  }

  private next(cluster: string, act: () => Promise<void>): void {
    const before = this.chain.get(cluster) ?? Promise.resolve()
    const after = before.then(act).catch((error: unknown) => void this.problems.push((error as Error).message))
    this.chain.set(cluster, after)
  }
}
