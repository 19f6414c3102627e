/**
 * The engine as controller of what really happens: the same simulation with the same policies, but that attempts begin
 * and end, and nodes go and come, when the outside says so. Arrivals, messages between clusters, failures to be
 * brought about, timers and decisions stay with the engine. What comes of it is an observation: a RunResult.
 */
import { slotState } from './arena.ts'
import { begin, beginWhenDue, lose, placeAnew } from './attempts.ts'
import { eventKind } from './calendar.ts'
import { useOf } from './contention.ts'
import { EngineError } from './engine-error.ts'
import { holdPair, mendPair } from './link-failures.ts'
import { describeAttempt, type LiveAttempt } from './live-attempt.ts'
import { effectKind, type Model } from './model.ts'
import { bringUp, takeDown } from './node-failures.ts'
import type { Outside } from './outside.ts'
import type { Policy } from './policies/policy.ts'
import { type RunOptions, Simulation } from './simulation.ts'

/** What a live run asks of the outside. Answers may be given at once, from within these calls. */
export interface LiveHandler {
  /** An attempt is to run on its nodes, not before `launchS`. */
  started(attempt: LiveAttempt): void
  /** An attempt is no longer wanted: it lost a race or its node, or its job is over. Told once at most; not of one that ended. */
  stopped(attempt: LiveAttempt): void
  /**
   * An effect of the model's (see `Effects`) is to come about or to be lifted now. Nodes that go dark by it are told in any
   * case. Pairs of clusters that it cuts are, where the answer is true: it is the same for all cuts of a run; else the engine
   * does it.
   */
  inject(effect: number, comes: boolean): boolean
}

type Fact =
  | { readonly what: 'over' | 'failed'; readonly attempt: LiveAttempt; readonly node: number; deferred: boolean }
  | { readonly what: 'gone'; readonly attempt: LiveAttempt }
  | { readonly what: 'down' | 'lost' | 'back'; readonly node: number }
  | { readonly what: 'cut' | 'known' | 'mended'; readonly pair: number }

type NodeFact = Extract<Fact, { node: number; what: 'down' | 'lost' | 'back' }>
type PairFact = Extract<Fact, { pair: number }>

/**
 * One live run. Times are engine seconds; what is told for a time that is over happens at the next `advance`. What is
 * told of attempts that are no longer wanted is passed over.
 */
export class Live extends Simulation implements Outside {
  private readonly policy: Policy
  private readonly handler: LiveHandler
  private readonly known: (LiveAttempt | undefined)[] = []
  private readonly nodesLeft: number[] = []
  private readonly facts = new Map<number, Fact>()
  private factsTold = 0

  constructor(model: Model, policy: Policy, handler: LiveHandler, options: RunOptions) {
    if (options.compat) throw new EngineError('live: published ways of running are for simulations only')
    super(model, policy.order, { ...options, nodesMayFail: true })
    this.policy = policy
    this.handler = handler
    this.run.outside = this
  }

  /** Engine seconds of the last instant at which anything happened. */
  get nowS(): number {
    return this.run.now
  }

  /** When the engine has something to do next of itself; Infinity: nothing until it is told something. */
  get nextS(): number {
    return this.nextInstant()
  }

  /** Jobs in the system. */
  get alive(): number {
    return this.run.alive
  }

  /** Brings everything about that is due up to `toS`, decisions included; true when the run is over. */
  advanceTo(toS: number): boolean {
    const { run } = this
    while (!this.done) {
      const next = this.nextInstant()
      const { horizonS } = run.model
      if (this.drained(next)) this.finish(run.now)
      else if (next > horizonS && (run.alive === 0 || toS >= horizonS)) this.finish(horizonS)
      else if (next > Math.min(toS, horizonS) || next === Number.POSITIVE_INFINITY) return false
      else this.instant(next)
    }
    return true
  }

  private instant(at: number): void {
    const { run } = this
    run.clock.due = at
    this.round()
    for (let isDue = run.isDecisionDue(); isDue; isDue = run.takeOpenPass()) {
      this.decisionPasses++
      this.policy.decide(run.view)
    }
  }

  /** Ends the run before its time, at `atS`: what is left is unfinished. */
  stop(atS: number): void {
    if (!this.advanceTo(atS)) this.finish(Math.max(atS, this.run.now))
  }

  // --- what the outside tells

  /** The attempt runs: on all its nodes. */
  began(attempt: LiveAttempt, atS: number): void {
    const { arena, now } = this.run
    const { slot } = attempt
    if (this.known[slot] !== attempt || arena.state(slot) !== slotState.starting) return
    arena.setBeginS(slot, Math.max(atS, now))
    beginWhenDue(this.run, slot)
  }

  /** Its tasks on a node are over; with those on the last of its nodes it has ended. */
  ended(attempt: LiveAttempt, node: number, atS: number): void {
    this.tell(atS, { what: 'over', attempt, node, deferred: false })
  }

  /** It ended of its own fault, which uses up a retry. */
  failed(attempt: LiveAttempt, atS: number): void {
    this.tell(atS, { what: 'failed', attempt, node: -1, deferred: false })
  }

  /** It is gone for no fault of its own, though its nodes are not: its stage is placed anew. */
  gone(attempt: LiveAttempt, atS: number): void {
    this.tell(atS, { what: 'gone', attempt })
  }

  /** What runs on the node is lost; the control plane does not know yet. */
  nodeDown(node: number, atS: number): void {
    this.tellOrDo(atS, { what: 'down', node })
  }

  /** The control plane believes that the node is not ready: what was placed there is placed anew. */
  nodeLost(node: number, atS: number): void {
    const { nodes } = this.run
    if (nodes.isUp(node)) this.tellOrDo(atS, { what: 'lost', node })
    else this.detectAt(node, atS)
  }

  /** The node is ready again. */
  nodeBack(node: number, atS: number): void {
    this.tellOrDo(atS, { what: 'back', node })
  }

  /** Nothing gets from one cluster to the other (from · clusters.count + to) any more; the control plane does not know yet. */
  pairCut(pair: number, atS: number): void {
    this.tellOrDo(atS, { what: 'cut', pair })
  }

  /** The control plane believes that nothing does: requests on that way are placed anew. */
  pairLost(pair: number, atS: number): void {
    if (this.run.network.isCut(pair)) this.detectPairAt(pair, atS)
    else this.tellOrDo(atS, { what: 'known', pair })
  }

  /** Something does again. */
  pairBack(pair: number, atS: number): void {
    this.tellOrDo(atS, { what: 'mended', pair })
  }

  // --- hooks of the run

  launch(slot: number): void {
    const { run } = this
    const attempt = describeAttempt(run, slot)
    this.known[slot] = attempt
    this.nodesLeft[slot] = attempt.nodes.length
    // Whether it is, is told.
    run.arena.setFaulty(slot, 0)
    this.handler.started(attempt)
  }

  stopped(slot: number): void {
    const attempt = this.known[slot]
    if (attempt === undefined) return
    this.known[slot] = undefined
    this.handler.stopped(attempt)
  }

  effect(effect: number, comes: boolean): boolean {
    const told = this.handler.inject(effect, comes)
    const kind = this.run.model.effects.kind[effect]
    return kind === effectKind.blackout || (kind === effectKind.cut && told)
  }

  happened(index: number): void {
    const fact = this.facts.get(index) as Fact
    this.facts.delete(index)
    switch (fact.what) {
      case 'over':
      case 'failed':
        if (this.known[fact.attempt.slot] === fact.attempt) this.overOrFailed(fact)
        break
      case 'gone':
        if (this.known[fact.attempt.slot] === fact.attempt) this.placeAnew(fact.attempt.slot)
        break
      default:
        this.isSo(fact)
    }
  }

  // --- facts

  private tell(atS: number, fact: Fact): void {
    const index = this.factsTold++
    this.facts.set(index, fact)
    this.run.schedule(Math.max(atS, this.run.now), eventKind.told, index, 0)
  }

  /** What is answered to the engine's own doing happens with it. */
  private tellOrDo(atS: number, fact: NodeFact | PairFact): void {
    if (this.run.inRound && atS <= this.run.now) this.isSo(fact)
    else this.tell(atS, fact)
  }

  private isSo(fact: NodeFact | PairFact): void {
    if ('pair' in fact) this.pairIs(fact.what, fact.pair)
    else this.nodeIs(fact.what, fact.node)
  }

  private overOrFailed(fact: Fact & { what: 'over' | 'failed' }): void {
    const { run } = this
    const { slot } = fact.attempt
    // Its node went down before: whatever it did there came to nothing.
    if (run.arena.state(slot) === slotState.lost) return
    const hasBegun = run.arena.state(slot) === slotState.running
    if (!hasBegun && !fact.deferred) {
      // Its begin may be due in this very round.
      fact.deferred = true
      return this.tell(run.now, fact)
    }
    if (!hasBegun) {
      run.arena.setBeginS(slot, run.now)
      begin(run, slot)
    }
    if (fact.what === 'failed') run.arena.setFaulty(slot, 1)
    else if (!this.isLast(slot, fact.node)) return
    this.known[slot] = undefined
    run.schedule(run.now, eventKind.end, slot, run.arena.generation(slot))
  }

  /** Tasks of an attempt on a node are over: whether none of it are left. */
  private isLast(slot: number, node: number): boolean {
    const { arena, contention } = this.run
    let entry = slot
    while (entry >= 0 && arena.node(entry) !== node) entry = arena.nextEntry(entry)
    if (entry < 0) throw new EngineError('ended: the attempt has no tasks on that node')
    contention?.over(entry, useOf(this.run, entry))
    return --this.nodesLeft[slot] === 0
  }

  private placeAnew(slot: number): void {
    if (this.run.arena.state(slot) !== slotState.lost) lose(this.run, slot)
    placeAnew(this.run, slot)
  }

  private nodeIs(what: 'down' | 'lost' | 'back', node: number): void {
    const { run } = this
    if (what === 'back') {
      if (!run.nodes.isUp(node)) bringUp(run, node)
      return
    }
    if (run.nodes.isUp(node)) takeDown(run, node)
    if (what === 'lost') this.detectAt(node, run.now)
  }

  private pairIs(what: PairFact['what'], pair: number): void {
    const { run } = this
    const isCut = run.network.isCut(pair)
    if (what === 'mended') {
      if (isCut) mendPair(run, pair)
      return
    }
    if (!isCut) holdPair(run, pair)
    if (what === 'known') this.detectPairAt(pair, run.now)
  }

  private detectPairAt(pair: number, atS: number): void {
    const { run } = this
    if (!run.network.isExpected(pair)) return
    run.schedule(Math.max(atS, run.now), eventKind.linkDetection, pair, run.network.detectionGeneration[pair])
  }

  /** A detection that is known already, or whose node comes back before it, is passed over. */
  private detectAt(node: number, atS: number): void {
    const { run } = this
    if (!run.nodes.isExpected(node)) return
    run.schedule(Math.max(atS, run.now), eventKind.detection, node, run.nodes.detectionGeneration[node])
  }
}
