/** What happens to links: one function an event. */
import { bringLinkUpToDate, inOrder, isCut, type Link } from './links.ts'
import { over } from './messages.ts'
import { noteLink } from './notes.ts'
import { goOnWithout, remove } from './rules.ts'
import { placedAttempts, type World } from './world.ts'

export function cut(world: World, link: Link, effect: number): void {
  const wasUp = !isCut(link)
  if (wasUp) bringLinkUpToDate(world, link)
  link.heldBy.add(effect)
  if (!wasUp) return
  const end = world.mutation === 'cuts noticed where they begin' ? link.from : link.to
  link.detectAt = world.now + world.model.clusters.detectionS[end]
  noteLink(world, 'link-down', link)
}

/** Requests that never left are taken back; data waits. */
export function detectCut(world: World, link: Link): void {
  link.detectAt = Infinity
  link.isKnown = true
  noteLink(world, 'link-detected', link)
  const isStuck = (attempt: unknown) =>
    [...link.held, ...link.transfers].some(
      message => message.attempt === attempt && (message.isRequest || world.mutation === 'data is taken back too'),
    )
  for (const attempt of placedAttempts(world).filter(isStuck)) {
    remove(world, attempt)
    goOnWithout(world, attempt.stage)
  }
}

export function mend(world: World, link: Link, effect: number): void {
  if (link.heldBy.size === 1) bringLinkUpToDate(world, link)
  link.heldBy.delete(effect)
  if (isCut(link)) return
  link.detectAt = Infinity
  link.isKnown = false
  noteLink(world, 'link-up', link)
  const { held } = link
  link.held = []
  for (const message of inOrder(held)) over(world, message)
}

/** Whether the control plane thinks that a cluster can be reached from another, and answer. */
export function reaches(world: World, origin: number, cluster: number): boolean {
  const known = world.links.filter(link => link.isKnown || (world.mutation === 'cuts refuse at once' && isCut(link)))
  const isBlocked = (from: number, to: number) => known.some(link => link.from === from && link.to === to)
  if (world.mutation === 'only the way there is blocked') return !isBlocked(origin, cluster)
  return !isBlocked(origin, cluster) && !isBlocked(cluster, origin)
}
