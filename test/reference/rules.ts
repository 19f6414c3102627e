/** What happens to attempts, stages and jobs: one function an event. */
import { reserve } from './capacity.ts'
import { keepSaved } from './checkpoints.ts'
import { noteAttempt, noteJob, noteStage } from './notes.ts'
import type { Attempt, Job, Stage, World } from './world.ts'

export function submit(world: World, job: Job): void {
  world.alive.push(job)
  noteJob(world, 'submit', job)
  letReadyWait(world, job)
}

/** Stages that were never placed wait once all their predecessors have completed: the roots at submission. */
function letReadyWait({ model, mutation }: World, job: Job): void {
  const { predecessorStart, predecessors } = model.stages
  const isDone = (index: number) => job.stages.find(stage => stage.index === index)!.winner !== null
  for (const stage of job.stages) {
    const needs = [...predecessors.slice(predecessorStart[stage.index], predecessorStart[stage.index + 1])]
    const one = mutation === 'ready after the first predecessor' && needs.some(isDone)
    if (stage.attemptsSoFar === 0 && (one || needs.every(isDone))) stage.waiting = true
  }
}

export function begin(world: World, attempt: Attempt): void {
  attempt.begun = true
  noteAttempt(world, 'begin', attempt)
}

/** Takes an attempt off its nodes, without a word. */
function release(world: World, attempt: Attempt): void {
  const { stage, shares } = attempt
  for (const { node, tasks } of shares) reserve(world, stage, node, -tasks)
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
  if (job.stages.every(other => other.winner !== null)) {
    job.lastWinner = attempt
    leave(world, job, 'completed')
    noteJob(world, 'complete', job)
  } else {
    letReadyWait(world, job)
  }
}

const byNumber = (attempts: readonly Attempt[]): Attempt[] => [...attempts].sort((a, b) => a.number - b.number)

function endFaulty(world: World, attempt: Attempt): void {
  const { stage } = attempt
  keepSaved(world, attempt)
  release(world, attempt)
  world.wastedCoreS += attempt.burntCoreS
  if (world.mutation !== 'retries not counted') stage.retriesUsed++
  noteAttempt(world, 'fault', attempt)
  if (stage.placed.length > 0) return
  if (retriesUsed(world, stage) > world.model.workloads.retries[stage.job.workload]) {
    giveUp(world, stage.job, 'failed')
    noteJob(world, 'fail', stage.job)
  } else {
    waitAgain(world, stage)
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
  for (const stage of job.stages) {
    for (const attempt of byNumber(stage.placed)) remove(world, attempt)
    stage.waiting = false
  }
  leave(world, job, outcome)
}

function leave(world: World, job: Job, outcome: Exclude<Job['outcome'], 'alive'>): void {
  job.outcome = outcome
  job.endS = world.now
  world.alive = world.alive.filter(other => other !== job)
  world.ended.push(job)
}

export function waitAgain(world: World, stage: Stage): void {
  stage.waiting = true
  noteStage(world, 'requeue', stage)
}

export function lose(world: World, attempt: Attempt): void {
  attempt.lost = true
  world.lostAttempts++
  noteAttempt(world, 'lost', attempt)
  keepSaved(world, attempt)
}
