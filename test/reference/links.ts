/** Links between clusters: a directed pair each. What goes over one shares its bandwidth equally. */
import type { Model } from '../../engine/model.ts'
import type { Attempt, Stage, World } from './world.ts'

/** From one cluster to another: what an attempt waits for, or the answer of a stage (attempt null). */
export interface Message {
  from: number
  to: number
  bytes: number
  stage: Stage
  attempt: Attempt | null
  isRequest: boolean
  /** Bytes on the clock of the link at which the last of its own is gone. */
  toBytes: number
}

export interface Link {
  pair: number
  from: number
  to: number
  bandwidth: number
  /** Effects that cut it; empty: it is up. */
  heldBy: Set<number>
  /** The control plane knows that it is cut; when it will learn it (Infinity: nothing to learn). */
  isKnown: boolean
  detectAt: number
  /** Bytes that a transfer would have got through so far, as of `sinceS`. */
  bytes: number
  sinceS: number
  transfers: Message[]
  /** What needs no bandwidth and waits for the end of a cut. */
  held: Message[]
}

export function createLink({ clusters, bandwidth }: Model, pair: number): Link {
  const from = Math.floor(pair / clusters.count)
  const ends = { pair, from, to: pair % clusters.count, bandwidth: bandwidth[pair] }
  const state = { heldBy: new Set<number>(), isKnown: false, detectAt: Infinity }
  return { ...ends, ...state, bytes: 0, sinceS: 0, transfers: [], held: [] }
}

export const linkOf = ({ model, links }: World, from: number, to: number): Link =>
  links[from * model.clusters.count + to]

export const isCut = (link: Link): boolean => link.heldBy.size > 0

const isMoving = ({ mutation }: World, link: Link): boolean =>
  link.transfers.length > 0 && (!isCut(link) || mutation === 'transfers go on while cut')

/** By how many the bandwidth is divided. */
const sharers = ({ mutation }: World, { transfers }: Link): number =>
  mutation === 'transfers do not share' ? 1 : transfers.length

/** To be called before anything changes how fast transfers on a link are. */
export function bringLinkUpToDate(world: World, link: Link): void {
  if (isMoving(world, link)) link.bytes += ((world.now - link.sinceS) * link.bandwidth) / sharers(world, link)
  link.sinceS = world.now
}

const leastBytes = ({ transfers }: Link): number => Math.min(...transfers.map(message => message.toBytes))

/** When the next transfer on a link is over; Infinity: none. */
export function nextGone(world: World, link: Link): number {
  if (!isMoving(world, link)) return Infinity
  const left = leastBytes(link) - link.bytes
  return Math.max(world.now, link.sinceS + (left * sharers(world, link)) / link.bandwidth)
}

/** Takes off a link what is gone now. */
export function takeGone(world: World, link: Link): Message[] {
  const least = leastBytes(link)
  const gone = link.transfers.filter(message => message.toBytes === least)
  link.bytes = least
  link.sinceS = world.now
  link.transfers = link.transfers.filter(message => message.toBytes !== least)
  return gone
}

/** Whether a message must be carried by a link for a while. */
export const isTransfer = ({ from, to, bandwidth }: Link, { bytes }: Message): boolean =>
  from !== to && bytes > 0 && bandwidth < Infinity

export function join(world: World, link: Link, message: Message): void {
  if (!isTransfer(link, message)) {
    link.held.push(message)
    return
  }
  bringLinkUpToDate(world, link)
  message.toBytes = link.bytes + message.bytes
  link.transfers.push(message)
}

/** Takes what is of no use any more off all links. */
export function withdraw(world: World, isUseless: (message: Message) => boolean): void {
  for (const link of world.links) {
    if (link.transfers.some(isUseless)) bringLinkUpToDate(world, link)
    link.transfers = link.transfers.filter(message => !isUseless(message))
    link.held = link.held.filter(message => !isUseless(message))
  }
}

/** By workload, ordinal, stage, attempt; an answer before all attempts. */
export const inOrder = (messages: readonly Message[]): Message[] =>
  [...messages].sort(
    (a, b) =>
      a.stage.job.workload - b.stage.job.workload ||
      a.stage.job.ordinal - b.stage.job.ordinal ||
      a.stage.index - b.stage.index ||
      (a.attempt?.number ?? -1) - (b.attempt?.number ?? -1),
  )
