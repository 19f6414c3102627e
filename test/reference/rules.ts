/** What happens to attempts, stages and jobs: one function an event. */
import { planWork } from './attempts.ts'
import { unreserve } from './capacity.ts'
import { keepSaved } from './checkpoints.ts'
import { withdraw } from './links.ts'
import { sendAnswer } from './messages.ts'
import { noteAttempt, noteJob, noteStage } from './notes.ts'
import { bringUpToDate, isUsing, startEntries } from './progress.ts'
import { letOthersIn, letWait } from './quotas.ts'
import { predecessorsOf } from './stages.ts'
import type { Attempt, Job, Stage, World } from './world.ts'

export function submit(world: World, job: Job): void {
  world.alive.push(job)
  noteJob(world, 'submit', job)
  letReadyWait(world, job)
}

/** Stages that were never placed wait once all their predecessors have completed: the roots at submission. */
function letReadyWait(world: World, job: Job): void {
  const isDone = ({ winner }: Stage) => winner !== null
  for (const stage of job.stages) {
    const needs = predecessorsOf(world, stage)
    const one = world.mutation === 'ready after the first predecessor' && needs.some(isDone)
    if (stage.attemptsSoFar > 0 || stage.waiting || world.held.includes(stage)) continue
    if (one || needs.every(isDone)) letWait(world, stage)
  }
}

export function begin(world: World, attempt: Attempt): void {
  for (const { node } of attempt.shares) bringUpToDate(world, node)
  attempt.begun = true
  startEntries(world, attempt)
  if (!world.elastic) attempt.endS = attempt.beginS + attempt.runS
  noteAttempt(world, 'begin', attempt)
}

/** Takes an attempt off its nodes, and what it waits for off the links, without a word. */
function release(world: World, attempt: Attempt): void {
  const { stage, shares } = attempt
  for (const share of shares) {
    if (isUsing(world, attempt, share)) bringUpToDate(world, share.node)
    unreserve(world, stage, share)
    share.node.entries = share.node.entries.filter(entry => entry.share !== share)
  }
  if (world.mutation !== 'transfers outlive their attempts') withdraw(world, message => message.attempt === attempt)
  stage.placed = stage.placed.filter(other => other !== attempt)
}

/** Takes away an attempt that has not ended; its work is lost. */
export function remove(world: World, attempt: Attempt): void {
  noteAttempt(world, 'remove', attempt)
  release(world, attempt)
  world.wastedCoreS += attempt.burntCoreS
}

export function end(world: World, attempt: Attempt): void {
  if (attempt.faulty) endFaulty(world, attempt)
  else finish(world, attempt)
}

function finish(world: World, attempt: Attempt): void {
  const { stage } = attempt
  const { job } = stage
  release(world, attempt)
  noteAttempt(world, 'finish', attempt)
  stage.winner = attempt
  const wastedBefore = world.wastedCoreS
  for (const loser of byNumber(stage.placed)) remove(world, loser)
  if (world.mutation === 'work of losers not wasted') world.wastedCoreS = wastedBefore
  job.lastWinner = attempt
  letOthersIn(world, stage)
  sendAnswer(world, attempt)
  if (!completeIfDone(world, job)) letReadyWait(world, job)
}

/** A job is complete when all its stages are and no answer is under way any more; says whether it is. */
export function completeIfDone(world: World, job: Job): boolean {
  const isUnderWay = job.answersUnderWay > 0 && world.mutation !== 'answers are not waited for'
  const isDone = job.stages.every(stage => stage.winner !== null) && !isUnderWay
  if (!isDone || job.outcome !== 'alive') return false
  leave(world, job, 'completed')
  noteJob(world, 'complete', job)
  return true
}

const byNumber = (attempts: readonly Attempt[]): Attempt[] => [...attempts].sort((a, b) => a.number - b.number)

function endFaulty(world: World, attempt: Attempt): void {
  const { stage } = attempt
  keepSaved(world, attempt)
  release(world, attempt)
  world.wastedCoreS += attempt.burntCoreS
  if (world.mutation !== 'retries not counted') stage.retriesUsed++
  noteAttempt(world, 'fault', attempt)
  if (stage.placed.some(other => !other.standby)) return
  if (retriesUsed(world, stage) > world.model.workloads.retries[stage.job.workload]) {
    giveUp(world, stage.job, 'failed')
    noteJob(world, 'fail', stage.job)
  } else {
    goOnWithout(world, stage)
  }
}

/** Counted by stage. */
function retriesUsed({ mutation }: World, stage: Stage): number {
  if (mutation !== 'retries of a job together') return stage.retriesUsed
  return stage.job.stages.reduce((sum, other) => sum + other.retriesUsed, 0)
}

export function cancel(world: World, job: Job): void {
  giveUp(world, job, 'cancelled')
  noteJob(world, 'cancel', job)
}

/** All that is left of a job goes, stage by stage. */
function giveUp(world: World, job: Job, outcome: 'failed' | 'cancelled'): void {
  withdraw(world, message => message.attempt === null && message.stage.job === job)
  world.held = world.held.filter(stage => stage.job !== job)
  for (const stage of job.stages) {
    for (const attempt of byNumber(stage.placed)) remove(world, attempt)
    stage.waiting = false
  }
  for (const stage of job.stages) letOthersIn(world, stage)
  leave(world, job, outcome)
}

function leave(world: World, job: Job, outcome: Exclude<Job['outcome'], 'alive'>): void {
  job.outcome = outcome
  job.endS = world.now
  world.alive = world.alive.filter(other => other !== job)
  world.ended.push(job)
}

/** One of a stage's attempts is gone: if it was the last active one a standby takes over, or the stage waits again. */
export function goOnWithout(world: World, stage: Stage): void {
  if (stage.placed.some(attempt => !attempt.standby)) return
  const { mutation } = world
  const standbys = byNumber(stage.placed).filter(
    ({ lost }) => !lost || mutation !== 'standbys that are lost are passed over',
  )
  const next = standbys.at(mutation === 'the last standby first' ? -1 : 0)
  if (next === undefined || mutation === 'standbys are no help') waitAgain(world, stage)
  else activate(world, next)
}

/** What is saved, and so what is left to do, is what it finds now. */
function activate(world: World, attempt: Attempt): void {
  attempt.standby = false
  if (world.mutation !== 'standbys resume what was saved when they were placed')
    Object.assign(attempt, planWork(world, attempt))
  noteAttempt(world, 'activate', attempt)
  if (attempt.lost) return
  attempt.beginS = Math.max(world.now, attempt.readyS)
  if (attempt.beginS === world.now) begin(world, attempt)
}

function waitAgain(world: World, stage: Stage): void {
  stage.waiting = true
  noteStage(world, 'requeue', stage)
}

export function lose(world: World, attempt: Attempt): void {
  attempt.lost = true
  world.lostAttempts++
  noteAttempt(world, 'lost', attempt)
  keepSaved(world, attempt)
}
