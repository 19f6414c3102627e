/** Placing: capacity is taken for all tasks of a stage, node by node as a choice says, and an attempt starts. */
import { slotState } from './arena.ts'
import { startAttempt } from './attempts.ts'
import type { Capacity } from './capacity.ts'
import { EngineError } from './engine-error.ts'
import { isPlaced } from './jobs.ts'
import type { Choice } from './policies/policy.ts'
import type { Run } from './run.ts'

/**
 * Places a waiting stage; false if it does not fit, or if `mayStart`, asked once its nodes are taken, says no. Throws
 * EngineError for a stage that may not be placed.
 */
export function place(run: Run, stage: number, choice: Choice, mayStart?: () => boolean): boolean {
  if (run.arena.state(stage) !== slotState.waiting) throw new EngineError('place: the stage is not waiting')
  closeUnreachable(run, stage, 1)
  const fits = fill(run, stage, stage, choice)
  closeUnreachable(run, stage, -1)
  if (!fits) return false
  if (mayStart !== undefined && !mayStart()) {
    giveBackEntries(run, stage)
    return false
  }
  launch(run, stage, choice)
  return true
}

/**
 * Starts another attempt of a placed stage in a zone that none of its attempts uses, hot or standing by; false if none
 * fits.
 */
export function placeShadow(run: Run, stage: number, choice: Choice, standby: boolean): boolean {
  const { arena } = run
  if (arena.placed(stage) === 0) throw new EngineError('shadow: the stage is not placed')
  closeZones(run, stage, 1)
  closeUnreachable(run, stage, 1)
  const slot = arena.allocate()
  arena.setTemplate(slot, arena.template(stage))
  arena.setOrdinal(slot, arena.ordinal(stage))
  arena.setJob(slot, arena.job(stage))
  arena.setStageClass(slot, arena.stageClass(stage))
  arena.setStage(slot, stage)
  const fits = fill(run, stage, slot, choice)
  closeZones(run, stage, -1)
  closeUnreachable(run, stage, -1)
  if (!fits) {
    arena.release(slot)
    return false
  }
  appendShadow(run, stage, slot)
  run.collector.shadowPlacements++
  startAttempt(run, stage, slot, choice, standby)
  run.tellEased()
  return true
}

/**
 * Fills a waiting stage into another capacity than that of now, where `look` sees what was taken as entries of the
 * stage, and says whether it is to be started with just that; true if it was.
 */
export function fillOn(run: Run, other: Capacity, stage: number, choice: Choice, look: () => boolean): boolean {
  const { arena, capacity } = run
  run.capacity = other
  closeUnreachable(run, stage, 1)
  const fits = fill(run, stage, stage, choice)
  closeUnreachable(run, stage, -1)
  const starts = fits && look()
  if (fits && !starts) giveBackEntries(run, stage)
  run.capacity = capacity
  if (!starts) return false
  const stageClass = arena.stageClass(stage)
  for (let entry = stage; entry >= 0; entry = arena.nextEntry(entry)) {
    capacity.takeAs(other, entry, arena.node(entry), stageClass, arena.tasks(entry))
    other.giveBack(entry, arena.node(entry), stageClass, arena.tasks(entry))
  }
  launch(run, stage, choice)
  return true
}

/** A stage that has its nodes waits no longer. */
function launch(run: Run, stage: number, choice: Choice): void {
  if (!run.waiting.remove(stage)) throw new EngineError('place: another stage of its class is before it')
  run.collector.waiting.change(-1)
  startAttempt(run, stage, stage, choice, false)
  run.tellEased()
}

/** Takes capacity for all tasks of the stage in one cluster, as entries of `slot`; nothing if they do not fit. */
function fill(run: Run, stage: number, slot: number, choice: Choice): boolean {
  const { classes } = run.model
  const stageClass = run.arena.stageClass(stage)
  const tasks = classes.tasks[stageClass]
  if (tasks === 1) {
    const node = choice.choose(run.view, stage)
    if (node < 0 || !run.capacity.admits(node, stageClass)) return false
    takeEntry(run, slot, slot, node, 1, choice)
    return true
  }
  const tried: number[] = []
  let filled = false
  while (!filled) {
    const node = choice.choose(run.view, stage)
    if (node < 0) break
    const cluster = run.model.nodeCluster[node]
    // A cluster with too few free cores in all need not be tried.
    if (run.capacity.clusterFreeCpu[cluster] >= tasks * classes.cpuMilli[stageClass])
      filled = fillCluster(run, stage, slot, choice, node, cluster)
    if (filled) break
    run.closed[cluster]++
    tried.push(cluster)
  }
  for (const cluster of tried) run.closed[cluster]--
  return filled
}

/** Fills a gang into one cluster, from `node` on; takes nothing if it does not fit. */
function fillCluster(run: Run, stage: number, slot: number, choice: Choice, node: number, cluster: number): boolean {
  const { arena } = run
  const stageClass = arena.stageClass(stage)
  let left = run.model.classes.tasks[stageClass]
  let entry = -1
  let next = node
  run.onlyCluster = cluster
  while (next >= 0) {
    const tasks = Math.min(left, run.capacity.fitCount(next, stageClass))
    if (tasks === 0) break
    const known = run.capacity.neighbours === null || entry < 0 ? -1 : entryOn(run, slot, next)
    if (known >= 0) addTasks(run, slot, known, tasks, choice)
    else {
      const following = entry < 0 ? slot : arena.allocate()
      if (entry >= 0) {
        arena.setNextEntry(entry, following)
        arena.setState(following, slotState.entry)
      }
      takeEntry(run, slot, following, next, tasks, choice)
      entry = following
    }
    left -= tasks
    if (left === 0) break
    next = choice.choose(run.view, stage)
  }
  run.onlyCluster = -1
  if (left > 0 && entry >= 0) giveBackEntries(run, slot)
  return left === 0
}

/** The entry of an attempt on a node; −1. A gang that must spread comes back to nodes when all have got some. */
function entryOn({ arena }: Run, slot: number, node: number): number {
  let entry = slot
  while (entry >= 0 && arena.node(entry) !== node) entry = arena.nextEntry(entry)
  return entry
}

function addTasks(run: Run, owner: number, entry: number, tasks: number, choice: Choice): void {
  const { arena } = run
  arena.setTasks(entry, arena.tasks(entry) + tasks)
  take(run, owner, entry, tasks, choice)
}

function takeEntry(run: Run, owner: number, entry: number, node: number, tasks: number, choice: Choice): void {
  const { arena } = run
  arena.setOwner(entry, owner)
  arena.setNode(entry, node)
  arena.setTasks(entry, tasks)
  arena.setNextEntry(entry, -1)
  arena.setBurning(entry, 0)
  run.nodes.link(entry, node)
  take(run, owner, entry, tasks, choice)
}

function take(run: Run, owner: number, entry: number, tasks: number, choice: Choice): void {
  const stageClass = run.arena.stageClass(owner)
  const pick = choice.gpu === undefined ? null : (on: number) => choice.gpu?.(run.view, stageClass, on) ?? 0
  run.capacity.take(entry, run.arena.node(entry), stageClass, tasks, pick)
}

/** Gives back what the entries of an attempt reserve, and their slots but the first. */
export function giveBackEntries(run: Run, slot: number): void {
  const { arena } = run
  for (let entry = slot; entry >= 0; ) {
    const next = arena.nextEntry(entry)
    const node = arena.node(entry)
    run.nodes.unlink(entry, node)
    run.capacity.giveBack(entry, node, arena.stageClass(slot), arena.tasks(entry))
    if (entry !== slot) arena.release(entry)
    entry = next
  }
  arena.setNextEntry(slot, -1)
}

function appendShadow(run: Run, stage: number, slot: number): void {
  const { arena } = run
  arena.setNextShadow(slot, -1)
  if (arena.firstShadow(stage) < 0) {
    arena.setFirstShadow(stage, slot)
    return
  }
  let last = arena.firstShadow(stage)
  while (arena.nextShadow(last) >= 0) last = arena.nextShadow(last)
  arena.setNextShadow(last, slot)
}

/** Closes (1) or opens (−1) the clusters of all zones in which the stage has an attempt. */
function closeZones(run: Run, stage: number, by: number): void {
  const { arena } = run
  if (isPlaced(arena.state(stage))) closeZone(run, stage, by)
  for (let slot = arena.firstShadow(stage); slot >= 0; slot = arena.nextShadow(slot)) closeZone(run, slot, by)
}

/** Closes (1) or opens (−1) the clusters that the stage's origin is known not to reach. */
function closeUnreachable(run: Run, stage: number, by: number): void {
  const { arena, closed, network } = run
  if (network.knownCuts === 0) return
  const origin = arena.origin(arena.job(stage))
  for (let c = 0; c < closed.length; c++) if (!network.reaches(origin, c)) closed[c] += by
}

function closeZone(run: Run, slot: number, by: number): void {
  const { clusters, nodeCluster } = run.model
  const zone = clusters.zone[nodeCluster[run.arena.node(slot)]]
  for (let c = 0; c < clusters.count; c++) if (clusters.zone[c] === zone) run.closed[c] += by
}
