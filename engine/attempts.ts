/** Attempts: from the placement over begin and end to what they leave behind. */
import { slotState } from './arena.ts'
import { eventKind } from './calendar.ts'
import { burning, type Contention, useOf } from './contention.ts'
import { completeStage, failJob, removeAttempts, requeue } from './jobs.ts'
import { sendMessages } from './messages.ts'
import { giveBackEntries } from './placing.ts'
import type { Choice } from './policies/policy.ts'
import { streams } from './random.ts'
import type { Run } from './run.ts'

/**
 * An attempt whose entries are taken is placed now: it begins when all that it needs has arrived and start-up is
 * through; one that stands by only gets ready.
 */
export function startAttempt(run: Run, stage: number, slot: number, choice: Choice, standby: boolean): void {
  const { arena, model, network } = run
  const { groups } = model
  const stageClass = arena.stageClass(stage)
  const job = arena.job(stage)
  const number = arena.attempts(stage)
  arena.setAttempts(stage, number + 1)
  arena.setNumber(slot, number)
  arena.setPlaced(stage, arena.placed(stage) + 1)
  arena.setJobAttempts(job, arena.jobAttempts(job) + 1)
  let last = slot
  let startupS = 0
  let speed = Number.POSITIVE_INFINITY
  let factor = 1
  let up = true
  for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry)) {
    const node = arena.node(entry)
    const group = model.nodeGroup[node]
    startupS = Math.max(startupS, groups.startupS[group])
    speed = Math.min(speed, groups.speed[group])
    factor = Math.max(factor, model.classes.factor[stageClass * groups.count + group])
    up = up && run.nodes.isUp(node)
    last = entry
  }
  choice.placed?.(arena.node(last))
  const node = arena.node(slot)
  const origin = arena.origin(job)
  arena.setFactor(slot, factor)
  arena.setSpeed(slot, speed)
  arena.setStandby(slot, standby ? 1 : 0)
  if (standby) arena.setStandbys(stage, arena.standbys(stage) + 1)
  else prepare(run, stage, slot)
  const w = run.workloadOf(stage)
  const template = arena.template(stage)
  run.collector.decided(w, arena.ordinal(stage), template, number, origin, node, choice.score)
  run.note('place', slot, number, node)
  arena.setState(slot, slotState.starting)
  const cluster = model.nodeCluster[node]
  arena.setStartupS(slot, startupS)
  run.future?.placed(slot)
  if (network.hasMessages) sendMessages(run, slot, cluster)
  else arena.setBeginS(slot, run.now + network.latencyS[origin * model.clusters.count + cluster] + startupS)
  if (!up) lose(run, slot)
  else if (!network.hasMessages || arena.underWay(slot) === 0) beginInTime(run, slot)
}

/** What an attempt has to do, and how it will end. */
function prepare(run: Run, stage: number, slot: number): void {
  const { arena } = run
  arena.setRunS(slot, (workLeft(run, stage, slot) * arena.factor(slot)) / arena.speed(slot))
  arena.setFaulty(slot, drawFault(run, slot, arena.number(slot)) ? 1 : 0)
}

/** An attempt for which all has arrived begins when it is ready, unless it stands by. */
export function beginInTime(run: Run, slot: number): void {
  const { arena } = run
  if (arena.standby(slot) === 1) return
  if (run.outside !== null) run.outside.launch(slot)
  else beginWhenDue(run, slot)
}

/** Begins an attempt at its `beginS`. */
export function beginWhenDue(run: Run, slot: number): void {
  const { arena } = run
  if (arena.beginS(slot) === run.now && !run.inRound) begin(run, slot)
  else run.schedule(arena.beginS(slot), eventKind.begin, slot, arena.generation(slot))
}

/** A stage has no active attempt any more: the first that stands by takes over, or it waits again. */
export function replace(run: Run, stage: number): void {
  const { arena } = run
  if (arena.standbys(stage) === 0) return requeue(run, stage)
  let slot = arena.firstShadow(stage)
  while (arena.standby(slot) === 0) slot = arena.nextShadow(slot)
  arena.setStandby(slot, 0)
  arena.setStandbys(stage, arena.standbys(stage) - 1)
  run.future?.activated(slot)
  run.note('activate', slot, arena.number(slot), arena.node(slot))
  prepare(run, stage, slot)
  if (arena.state(slot) === slotState.lost) return
  if (run.network.hasMessages && arena.underWay(slot) > 0) return
  arena.setBeginS(slot, Math.max(run.now, arena.beginS(slot)))
  if (arena.beginS(slot) === run.now && run.outside === null) begin(run, slot)
  else beginInTime(run, slot)
}

/** Attempts of a stage that are placed and do not stand by. */
export const activeAttempts = (run: Run, stage: number): number => run.arena.placed(stage) - run.arena.standbys(stage)

/** Work seconds that an attempt has before it, the checkpoints' cost included; it begins with what it can reach. */
function workLeft(run: Run, stage: number, slot: number): number {
  const { arena, model } = run
  const template = arena.template(stage)
  const every = model.stages.checkpointEveryS[template]
  if (every === Number.POSITIVE_INFINITY) return arena.workS(stage)
  arena.setResumedS(slot, reachable(run, stage, slot) ? arena.savedS(stage) : 0)
  const left = arena.workS(stage) - arena.resumedS(slot)
  return left + model.stages.checkpointCostS[template] * checkpointsIn(left, every)
}

/** None is written at the end of the work. */
const checkpointsIn = (workS: number, every: number): number => Math.max(0, Math.ceil(workS / every) - 1)

/** Whether an attempt can read the stage's last checkpoint from where it is. */
function reachable(run: Run, stage: number, slot: number): boolean {
  const { arena, model } = run
  const saved = arena.savedNode(stage)
  if (saved < 0) return false
  const store = model.stages.checkpointStore[arena.template(stage)]
  if (store === 2) return true
  const node = arena.node(slot)
  return store === 0 ? saved === node : model.nodeCluster[saved] === model.nodeCluster[node]
}

/** Whether the attempt will end of its own fault; if so its run time is cut short. */
function drawFault(run: Run, slot: number, attempt: number): boolean {
  const { arena, model } = run
  const template = arena.template(slot)
  const probability = model.stages.failureProbability[template]
  if (probability === 0) return false
  const { stageStart, hash } = model.workloads
  const w = run.workloadOf(slot)
  run.random.select(streams.faults, template - stageStart[w], hash[w], arena.ordinal(slot), attempt)
  if (run.random.uniform() >= probability) return false
  arena.setRunS(slot, arena.runS(slot) * run.random.uniform())
  return true
}

export function begin(run: Run, slot: number): void {
  const { arena, model } = run
  arena.setState(slot, slotState.running)
  run.future?.begun(slot)
  run.collector.running.change(1)
  run.note('begin', slot, arena.number(slot), arena.node(slot))
  if (run.contention !== null) return share(run, slot, run.contention)
  const milli = model.classes.useMilli[arena.stageClass(slot)]
  for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry)) {
    arena.setBurning(entry, burning.yes)
    const node = arena.node(entry)
    run.energy.changeUse(node, model.nodeGroup[node], arena.tasks(entry) * milli)
  }
  if (run.outside !== null) return
  run.calendar.pushTime[0] = run.now + arena.runS(slot)
  run.schedulePushed(eventKind.end, slot, arena.generation(slot))
}

/** The entries of an attempt that begins share their nodes' cores with others. */
function share(run: Run, slot: number, contention: Contention): void {
  const { arena } = run
  arena.setEntriesLeft(slot, 0)
  for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry)) {
    arena.setEntriesLeft(slot, arena.entriesLeft(slot) + 1)
    contention.join(entry, useOf(run, entry), arena.runS(slot))
  }
}

/** Entries on a crowded node are over; attempts of which they were the last end in this round. */
export function passShare(run: Run, node: number): void {
  const { arena } = run
  for (const entry of (run.contention as Contention).pass(node)) {
    const slot = arena.owner(entry)
    arena.setEntriesLeft(slot, arena.entriesLeft(slot) - 1)
    if (arena.entriesLeft(slot) === 0) run.schedule(run.now, eventKind.end, slot, arena.generation(slot))
  }
}

/** The cores of an entry are no longer used. */
function stopBurning(run: Run, entry: number): void {
  const { arena, model } = run
  if (arena.burning(entry) !== burning.yes) return
  if (run.contention !== null) return run.contention.leave(entry, useOf(run, entry))
  arena.setBurning(entry, burning.no)
  const node = arena.node(entry)
  run.energy.changeUse(node, model.nodeGroup[node], -useOf(run, entry))
}

/** Nothing runs on a node that is down; what did is wasted. */
export function stopNode(run: Run, node: number): void {
  run.contention?.settle(node)
  for (let entry = run.nodes.first[node]; entry >= 0; entry = run.arena.nextOnNode(entry)) {
    if (run.arena.burning(entry) !== burning.yes) continue
    wasteEntry(run, entry)
    stopBurning(run, entry)
  }
}

export function endAttempt(run: Run, slot: number): void {
  const { arena } = run
  const stage = arena.stage(slot)
  const fault = arena.faulty(slot) === 1
  const node = arena.node(slot)
  run.note(fault ? 'fault' : 'finish', slot, arena.number(slot), node)
  if (fault) {
    saveProgress(run, slot)
    waste(run, slot)
    withdraw(run, slot)
    afterFault(run, stage)
    return
  }
  const beginS = arena.beginS(slot)
  withdraw(run, slot)
  if (arena.placed(stage) > 0) removeAttempts(run, stage)
  completeStage(run, stage, beginS, run.model.nodeCluster[node])
}

function afterFault(run: Run, stage: number): void {
  const { arena, model } = run
  arena.setRetriesUsed(stage, arena.retriesUsed(stage) + 1)
  if (activeAttempts(run, stage) > 0) return
  if (arena.retriesUsed(stage) > model.workloads.retries[run.workloadOf(stage)]) failJob(run, arena.job(stage))
  else replace(run, stage)
}

/** An attempt will neither begin nor end; what it reserves stays reserved until that is known. */
export function lose(run: Run, slot: number): void {
  const { arena } = run
  if (arena.state(slot) === slotState.running) {
    saveProgress(run, slot)
    run.collector.running.change(-1)
    if (run.contention !== null)
      for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry)) run.contention.forget(entry)
  }
  arena.setState(slot, slotState.lost)
  arena.setGeneration(slot, arena.generation(slot) + 1)
  run.collector.lostAttempts++
  run.note('lost', slot, arena.number(slot), arena.node(slot))
}

/** What the attempt's checkpoints hold is not lost with it. */
export function saveProgress(run: Run, slot: number): void {
  const every = run.model.stages.checkpointEveryS[run.arena.template(slot)]
  if (every !== Number.POSITIVE_INFINITY) keep(run, slot, checkpointsWritten(run, slot) * every)
}

/** An attempt that is stopped on purpose writes down all that it has done; that takes what a checkpoint costs. */
export function saveAll(run: Run, slot: number): void {
  const { checkpointCostS, checkpointEveryS } = run.model.stages
  const template = run.arena.template(slot)
  const written = checkpointsWritten(run, slot)
  const doneS = workDone(run, slot) - (written + 1) * checkpointCostS[template]
  keep(run, slot, Math.max(doneS, written * checkpointEveryS[template]))
}

/** Work seconds that a running attempt has done, checkpoints included. */
function workDone(run: Run, slot: number): number {
  const { arena } = run
  const progressS = run.contention === null ? run.now - arena.beginS(slot) : run.contention.progressOf(slot)
  return (progressS * arena.speed(slot)) / arena.factor(slot)
}

function checkpointsWritten(run: Run, slot: number): number {
  const { arena, model } = run
  const template = arena.template(slot)
  const every = model.stages.checkpointEveryS[template]
  const most = checkpointsIn(arena.workS(arena.stage(slot)) - arena.resumedS(slot), every)
  return Math.min(most, Math.floor(workDone(run, slot) / (every + model.stages.checkpointCostS[template])))
}

/** So many work seconds of an attempt are not lost with it, if they are more than were kept before. */
function keep(run: Run, slot: number, workS: number): void {
  const { arena, model } = run
  const stage = arena.stage(slot)
  const savedS = arena.resumedS(slot) + workS
  if (savedS <= arena.savedS(stage)) return
  const { tasks, useMilli } = model.classes
  const cores = (tasks[arena.stageClass(slot)] * useMilli[arena.stageClass(slot)]) / 1000
  run.collector.wastedCoreS -= (cores * workS * arena.factor(slot)) / arena.speed(slot)
  arena.setSavedS(stage, savedS)
  arena.setSavedNode(stage, arena.node(slot))
}

/** Takes an attempt away that did not end by itself. */
export function remove(run: Run, slot: number): void {
  waste(run, slot)
  run.note('remove', slot, run.arena.number(slot), run.arena.node(slot))
  run.outside?.stopped(slot)
  withdraw(run, slot)
}

/** Removes an attempt that will come to nothing; its stage is placed anew, unless another attempt of it is active. */
export function placeAnew(run: Run, slot: number): void {
  const stage = run.arena.stage(slot)
  remove(run, slot)
  if (activeAttempts(run, stage) === 0) replace(run, stage)
}

/** What an attempt has burnt was for nothing. */
export function waste(run: Run, slot: number): void {
  for (let entry = slot; entry >= 0; entry = run.arena.nextEntry(entry)) wasteEntry(run, entry)
}

/** Counted when its cores are no longer used: what a gang burns on after it lost a node is wasted too. */
function wasteEntry(run: Run, entry: number): void {
  const { arena, contention } = run
  if (arena.burning(entry) === burning.no) return
  const burntS = contention === null ? run.now - arena.beginS(arena.owner(entry)) : contention.burntS(entry)
  run.collector.wastedCoreS += (useOf(run, entry) / 1000) * burntS
}

/** Releases all that an attempt holds; a shadow's slot goes, that of the stage stays. */
function withdraw(run: Run, slot: number): void {
  const { arena } = run
  const stage = arena.stage(slot)
  if (arena.state(slot) === slotState.running) run.collector.running.change(-1)
  for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry)) stopBurning(run, entry)
  if (run.network.hasMessages && arena.firstMessage(slot) >= 0) run.network.drop(slot)
  run.future?.gone(slot)
  if (run.waiting.count > 0) giveBackAndTell(run, slot)
  else giveBackEntries(run, slot)
  run.tellEased()
  arena.setPlaced(stage, arena.placed(stage) - 1)
  if (arena.standby(slot) === 1) {
    arena.setStandby(slot, 0)
    arena.setStandbys(stage, arena.standbys(stage) - 1)
  }
  arena.setGeneration(slot, arena.generation(slot) + 1)
  arena.setState(slot, slotState.idle)
  if (slot === stage) return
  unlinkShadow(run, stage, slot)
  arena.release(slot)
}

/** Classes that were passed over may fit again where capacity returned. */
function giveBackAndTell(run: Run, slot: number): void {
  const { arena, waiting } = run
  if (arena.nextEntry(slot) < 0) {
    giveBackEntries(run, slot)
    waiting.capacityReturned(arena.node(slot))
    return
  }
  const nodes: number[] = []
  for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry)) nodes.push(arena.node(entry))
  giveBackEntries(run, slot)
  for (const node of nodes) waiting.capacityReturned(node)
}

function unlinkShadow(run: Run, stage: number, slot: number): void {
  const { arena } = run
  if (arena.firstShadow(stage) === slot) {
    arena.setFirstShadow(stage, arena.nextShadow(slot))
    return
  }
  let before = arena.firstShadow(stage)
  while (arena.nextShadow(before) !== slot) before = arena.nextShadow(before)
  arena.setNextShadow(before, arena.nextShadow(slot))
}

/** Order of attempts: (workload, job ordinal, stage, attempt). */
export function attemptBefore(run: Run, a: number, b: number): boolean {
  const { arena } = run
  const { workload } = run.model.stages
  const workloadA = workload[arena.template(a)]
  const workloadB = workload[arena.template(b)]
  if (workloadA !== workloadB) return workloadA < workloadB
  if (arena.ordinal(a) !== arena.ordinal(b)) return arena.ordinal(a) < arena.ordinal(b)
  return arena.template(a) !== arena.template(b)
    ? arena.template(a) < arena.template(b)
    : arena.number(a) < arena.number(b)
}
