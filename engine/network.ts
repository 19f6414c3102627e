/**
 * The network between clusters: latencies in force, pairs that are cut, and messages under way. Each directed pair with
 * a finite bandwidth is a link that its transfers share equally (processor sharing); it has one virtual clock, the
 * bytes that each of its transfers has moved, so that a change costs a logarithm. A message without bytes or limit that
 * meets a cut is held until the cut is lifted.
 */
import { eventKind } from './calendar.ts'
import { push, remove } from './heap.ts'
import { effectKind, type Model } from './model.ts'
import type { Run } from './run.ts'

/** What a message is: it tells who waits for it. */
export const messageKind = { request: 0, data: 1, answer: 2 } as const

interface Link {
  /** Bytes a second. */
  readonly bandwidth: number
  clock: number
  since: number
  /** Heap of its transfers by the clock's reading at their end. */
  readonly due: number[]
}

function carriesData({ stages }: Model): boolean {
  const carries = (bytes: number) => bytes > 0
  return stages.inputBytes.some(carries) || stages.outputBytes.some(carries)
}

export class Network {
  /** One-way seconds in force from cluster i to cluster j at [i · clusters + j]. */
  readonly latencyS: Float64Array
  /** False: every message is a request or an answer without bytes, and gets through at once. */
  readonly hasMessages: boolean
  /** Whether what an origin can reach may change. */
  readonly canBeCut: boolean
  /** Pairs that the control plane knows to be cut. */
  readonly known: Uint8Array
  knownCuts = 0
  /** Entries of the calendar with another generation are stale. */
  readonly transferGeneration: Int32Array
  readonly detectionGeneration: Int32Array
  private readonly run: Run
  private readonly clusters: number
  private readonly links: (Link | null)[]
  private readonly cutBy: Int32Array
  private readonly expected: Uint8Array
  private readonly held: number[][] = []
  /** Messages by number, recycled: who waits (an attempt's slot, or the stage's whose answer it is), what, where. */
  private readonly owner: number[] = []
  private readonly kind: number[] = []
  private readonly pair: number[] = []
  private readonly end: number[] = []
  /** Place in the heap of its link. */
  private readonly place: number[] = []
  /** Next message of the same owner; of free numbers, the next free one. */
  private readonly next: number[] = []
  private firstFree = -1

  constructor(run: Run) {
    const { model } = run
    this.run = run
    this.clusters = model.clusters.count
    this.canBeCut = model.effects.kind.includes(effectKind.cut)
    this.hasMessages = this.canBeCut || carriesData(model)
    const inflates = model.effects.kind.includes(effectKind.inflate)
    this.latencyS = inflates ? Float64Array.from(model.latencyS) : model.latencyS
    const pairs = this.hasMessages ? this.clusters * this.clusters : 0
    this.known = new Uint8Array(pairs)
    this.transferGeneration = new Int32Array(pairs)
    this.detectionGeneration = new Int32Array(pairs)
    this.cutBy = new Int32Array(pairs)
    this.expected = new Uint8Array(pairs)
    this.links = Array.from({ length: pairs }, (_, pair) => this.createLink(pair))
  }

  private createLink(pair: number): Link | null {
    const bandwidth = this.run.model.bandwidth[pair]
    const within = Math.floor(pair / this.clusters) === pair % this.clusters
    return within || bandwidth === Number.POSITIVE_INFINITY ? null : { bandwidth, clock: 0, since: 0, due: [] }
  }

  /** Whether, as far as the control plane knows, a cluster can be reached from an origin, and the origin from there. */
  reaches(origin: number, cluster: number): boolean {
    return (
      this.knownCuts === 0 ||
      (this.known[origin * this.clusters + cluster] === 0 && this.known[cluster * this.clusters + origin] === 0)
    )
  }

  // --- messages

  /** Sends bytes to whom `owner` names; true if they get through at once, else they are under way. */
  send(from: number, to: number, bytes: number, owner: number, kind: number): boolean {
    const pair = from * this.clusters + to
    const link = this.links[pair]
    const isCut = this.cutBy[pair] > 0
    const isTransfer = link !== null && bytes > 0
    if (!isCut && !isTransfer) return true
    const message = this.create(owner, kind, pair)
    if (!isTransfer) this.hold(pair, message)
    else {
      this.settle(pair, link)
      this.end[message] = link.clock + bytes
      push(link.due, message, this.end, this.place)
      this.reschedule(pair, link)
    }
    return false
  }

  private create(owner: number, kind: number, pair: number): number {
    const { arena } = this.run
    const message = this.firstFree >= 0 ? this.firstFree : this.owner.length
    if (message === this.firstFree) this.firstFree = this.next[message]
    this.owner[message] = owner
    this.kind[message] = kind
    this.pair[message] = pair
    this.end[message] = 0
    this.next[message] = arena.firstMessage(owner)
    arena.setFirstMessage(owner, message)
    return message
  }

  private hold(pair: number, message: number): void {
    this.held[pair] ??= []
    this.held[pair].push(message)
  }

  /** All messages of an owner go: nobody waits for them any more. */
  drop(owner: number): void {
    const { arena } = this.run
    for (let message = arena.firstMessage(owner); message >= 0; ) {
      const next = this.next[message]
      const pair = this.pair[message]
      const link = this.links[pair]
      const held = this.held[pair]?.indexOf(message) ?? -1
      if (held >= 0) this.held[pair].splice(held, 1)
      else if (link !== null) {
        this.settle(pair, link)
        remove(link.due, message, this.end, this.place)
        this.reschedule(pair, link)
      }
      this.release(message)
      message = next
    }
    arena.setFirstMessage(owner, -1)
  }

  private release(message: number): void {
    this.next[message] = this.firstFree
    this.firstFree = message
  }

  /** Takes a message that is over from its owner's list. */
  private unlink(message: number): void {
    const { arena } = this.run
    const owner = this.owner[message]
    if (arena.firstMessage(owner) === message) {
      arena.setFirstMessage(owner, this.next[message])
      return
    }
    let before = arena.firstMessage(owner)
    while (this.next[before] !== message) before = this.next[before]
    this.next[before] = this.next[message]
  }

  // --- links

  /** The link's next transfers are over: all whose end is exactly what the clock was set for, told in order. */
  finish(pair: number, over: (owner: number, kind: number, pair: number) => void): void {
    const link = this.links[pair] as Link
    const { due } = link
    const end = this.end[due[0]]
    link.clock = end
    link.since = this.run.now
    const done: number[] = []
    while (due.length > 0 && this.end[due[0]] === end) {
      done.push(due[0])
      remove(due, due[0], this.end, this.place)
    }
    this.reschedule(pair, link)
    this.tell(done, over)
  }

  /** Messages are over, in order of what waits for them: none of them takes away another. */
  private tell(messages: number[], over: (owner: number, kind: number, pair: number) => void): void {
    messages.sort((a, b) => this.order(a, b))
    for (const message of messages) {
      this.unlink(message)
      over(this.owner[message], this.kind[message], this.pair[message])
    }
    for (const message of messages) this.release(message)
  }

  /** By (workload, ordinal, stage, attempt), answers before attempts. */
  private order(a: number, b: number): number {
    const { arena, model } = this.run
    const x = this.owner[a]
    const y = this.owner[b]
    const { workload } = model.stages
    const numberOf = (message: number, slot: number) =>
      this.kind[message] === messageKind.answer ? -1 : arena.number(slot)
    return (
      workload[arena.template(x)] - workload[arena.template(y)] ||
      arena.ordinal(x) - arena.ordinal(y) ||
      arena.template(x) - arena.template(y) ||
      numberOf(a, x) - numberOf(b, y)
    )
  }

  private settle(pair: number, link: Link): void {
    const { now } = this.run
    const active = link.due.length
    if (active > 0 && this.cutBy[pair] === 0) link.clock += ((now - link.since) * link.bandwidth) / active
    link.since = now
  }

  private reschedule(pair: number, link: Link): void {
    const { run } = this
    this.transferGeneration[pair]++
    if (link.due.length === 0 || this.cutBy[pair] > 0) return
    const left = this.end[link.due[0]] - link.clock
    const at = Math.max(run.now, link.since + (left * link.due.length) / link.bandwidth)
    run.schedule(at, eventKind.transfer, pair, this.transferGeneration[pair])
  }

  // --- cuts

  /** One more cut holds the pair; true if it was up. */
  cut(pair: number): boolean {
    const link = this.links[pair]
    if (this.cutBy[pair] > 0) {
      this.cutBy[pair]++
      return false
    }
    if (link !== null) this.settle(pair, link)
    this.cutBy[pair] = 1
    if (link !== null) this.reschedule(pair, link)
    this.expected[pair] = 1
    return true
  }

  /** One cut less holds the pair; true if it is up again. What was held goes on with `release`. */
  mend(pair: number): boolean {
    if (--this.cutBy[pair] > 0) return false
    const link = this.links[pair]
    if (link !== null) {
      link.since = this.run.now
      this.reschedule(pair, link)
    }
    if (this.expected[pair] === 1) this.forgetDetection(pair)
    return true
  }

  /** What was held on a pair that is up again is over, told in order. */
  releaseHeld(pair: number, over: (owner: number, kind: number, pair: number) => void): void {
    const held = this.held[pair]
    if (held === undefined || held.length === 0) return
    this.held[pair] = []
    this.tell(held, over)
  }

  /** Whether a cut holds the pair. */
  isCut(pair: number): boolean {
    return this.cutBy[pair] > 0
  }

  /** Whether the control plane does not know of the pair's cut yet. */
  isExpected(pair: number): boolean {
    return this.expected[pair] === 1
  }

  /** The control plane learns of a cut; gives the attempts whose request is held there, in order. */
  detect(pair: number): number[] {
    this.forgetDetection(pair)
    this.know(pair, true)
    const requests = (this.held[pair] ?? []).filter(message => this.kind[message] === messageKind.request)
    return requests.sort((a, b) => this.order(a, b)).map(message => this.owner[message])
  }

  know(pair: number, isCut: boolean): void {
    this.knownCuts += (isCut ? 1 : 0) - this.known[pair]
    this.known[pair] = isCut ? 1 : 0
  }

  private forgetDetection(pair: number): void {
    this.expected[pair] = 0
    this.detectionGeneration[pair]++
  }
}
