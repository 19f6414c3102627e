/** Jobs: how they arrive, when their stages become ready, and how they leave. */
import { slotState } from './arena.ts'
import { arrivalKind } from './arrivals/index.ts'
import { remove } from './attempts.ts'
import { eventKind } from './calendar.ts'
import { distributions } from './distributions.ts'
import { fillJob, fillStage } from './job-slots.ts'
import { sendAnswer } from './messages.ts'
import { streams } from './random.ts'
import type { Outcome } from './result.ts'
import type { Run } from './run.ts'

/** The next job of the arrivals is submitted: a block of slots, its root stages wait. */
export function arrive(run: Run): void {
  const { arena, arrivals, model } = run
  const { workloads } = model
  const w = arrivals.topWorkload
  const ordinal = arrivals.topOrdinal
  const first = workloads.stageStart[w]
  const stages = workloads.stageStart[w + 1] - first
  const job = arena.allocate(stages)
  for (let i = 0; i < stages; i++) submitStage(run, job, job + i, first + i, ordinal)
  arena.setOrigin(job, drawOrigin(run, w, ordinal))
  fillJob(arena, model, job, w)
  arrivals.pop()
  run.alive++
  run.collector.submitted()
  run.noteJob('submit', job)
  if (workloads.cancelLate[w] === 1 && arena.deadlineS(job) !== Number.POSITIVE_INFINITY)
    run.schedule(arena.deadlineS(job), eventKind.cancel, job, arena.jobGeneration(job))
  for (let slot = job; slot < job + stages; slot++) if (arena.predecessorsLeft(slot) === 0) enqueue(run, slot, true)
}

function submitStage(run: Run, job: number, slot: number, template: number, ordinal: number): void {
  const { arena, model } = run
  const w = model.stages.workload[template]
  arena.setSubmitS(slot, run.now)
  fillStage(arena, model, job, slot, template, ordinal)
  if (model.workloads.arrivals[w] !== arrivalKind.trace) arena.setWorkS(slot, drawWork(run, w, template, ordinal))
}

function drawOrigin(run: Run, w: number, ordinal: number): number {
  const { originStart, originCluster, originCumulative, hash } = run.model.workloads
  let i = originStart[w]
  const last = originStart[w + 1] - 1
  if (i === last) return originCluster[i]
  run.random.select(streams.origins, 0, hash[w], ordinal)
  const u = run.random.uniform()
  while (i < last && u >= originCumulative[i]) i++
  return originCluster[i]
}

/** Work of a stage of a job, seconds at speed 1; of a workload that is no trace. */
export function drawWork(
  { model, random }: Pick<Run, 'model' | 'random'>,
  w: number,
  template: number,
  ordinal: number,
): number {
  const { stages, workloads } = model
  random.select(streams.work, template - workloads.stageStart[w], workloads.hash[w], ordinal)
  return distributions[stages.work[template]].draw(random, stages.workA[template], stages.workB[template])
}

/**
 * A stage is ready (for the first time or again) and waits for a placement, or first for its tenant's quota. The slot of
 * one that `isNew` may be gone after that, see `Backlog`.
 */
export function enqueue(run: Run, stage: number, isNew = false): void {
  run.collector.waiting.change(1)
  if (run.quotas === null || run.quotas.admit(stage)) waitAgain(run, stage, isNew)
}

/** A stage that may be placed from now on; it counts as one that waits already. */
export function waitAgain(run: Run, stage: number, isNew = false): void {
  const { arena } = run
  arena.setKey(stage, run.order.key(run.view, stage))
  arena.setState(stage, slotState.waiting)
  run.waiting.push(stage, isNew)
  run.switching?.notice()
}

/** A stage is over: of its tenant's quota there is more left. */
function releaseQuota(run: Run, stage: number): void {
  run.quotas?.release(stage, other => waitAgain(run, other))
}

/** The stage waits again: its attempt was lost, or was faulty and may be tried again. */
export function requeue(run: Run, stage: number): void {
  run.note('requeue', stage, -1, -1)
  enqueue(run, stage)
}

/** An attempt that began at `beginS` on `cluster` completed the stage. */
export function completeStage(run: Run, stage: number, beginS: number, cluster: number): void {
  const { arena, model } = run
  const { stages } = model
  const job = arena.job(stage)
  const template = arena.template(stage)
  arena.setState(stage, slotState.done)
  releaseQuota(run, stage)
  if (stages.predecessorStart[template] === stages.predecessorStart[template + 1])
    arena.setFirstBeginS(job, Math.min(arena.firstBeginS(job), beginS))
  arena.setWonCluster(stage, cluster)
  arena.setStagesLeft(job, arena.stagesLeft(job) - 1)
  if (run.sinks[template] === 1) {
    arena.setLastCluster(job, cluster)
    sendAnswer(run, stage, cluster)
    completeIfOver(run, job)
  } else releaseSuccessors(run, job, template)
}

/** A job is over when all its stages are and its answers are on the last of their way. */
export function completeIfOver(run: Run, job: number): void {
  const { arena, end } = run
  if (arena.stagesLeft(job) > 0 || arena.answersLeft(job) > 0) return
  end.beginS = arena.firstBeginS(job)
  end.runS = run.now - end.beginS
  run.noteJob('complete', job)
  leave(run, job, 'completed')
}

/** Stages that came after this one wait for one predecessor less. */
function releaseSuccessors(run: Run, job: number, template: number): void {
  const { arena, model } = run
  const { stages, workloads } = model
  const w = stages.workload[template]
  const first = workloads.stageStart[w]
  for (let t = first; t < workloads.stageStart[w + 1]; t++) {
    for (let i = stages.predecessorStart[t]; i < stages.predecessorStart[t + 1]; i++) {
      if (stages.predecessors[i] !== template) continue
      const slot = job + t - first
      arena.setPredecessorsLeft(slot, arena.predecessorsLeft(slot) - 1)
      if (arena.predecessorsLeft(slot) === 0) enqueue(run, slot)
    }
  }
}

/** A stage has failed for good, and its job with it. */
export function failJob(run: Run, job: number): void {
  withdrawJob(run, job)
  run.noteJob('fail', job)
  leave(run, job, 'failed')
}

/** A policy will not have the job. */
export function rejectJob(run: Run, job: number): void {
  withdrawJob(run, job)
  run.noteJob('reject', job)
  leave(run, job, 'rejected')
}

/** The deadline of a job that is to be cancelled then has come. */
export function cancelJob(run: Run, job: number): void {
  withdrawJob(run, job)
  run.noteJob('cancel', job)
  leave(run, job, 'cancelled')
}

/** Takes all stages of a job from the queue and all its attempts from their nodes, by stage and attempt. */
function withdrawJob(run: Run, job: number): void {
  const { arena, quotas } = run
  const end = job + stagesOf(run, job)
  if (quotas !== null)
    for (let stage = job; stage < end; stage++) if (quotas.forget(stage)) run.collector.waiting.change(-1)
  for (let stage = job; stage < end; stage++) {
    if (arena.state(stage) === slotState.waiting) {
      run.waiting.removeAny(stage)
      run.collector.waiting.change(-1)
      arena.setState(stage, slotState.pending)
    } else if (arena.state(stage) === slotState.deferred) {
      run.collector.waiting.change(-1)
      arena.setState(stage, slotState.pending)
    } else if (arena.placed(stage) > 0) removeAttempts(run, stage)
    else if (run.network.hasMessages) run.network.drop(stage)
  }
  if (quotas !== null) for (let stage = job; stage < end; stage++) releaseQuota(run, stage)
}

/** Removes all attempts of a stage, by their number. */
export function removeAttempts(run: Run, stage: number): void {
  const { arena } = run
  if (isPlaced(arena.state(stage))) remove(run, stage)
  while (arena.firstShadow(stage) >= 0) remove(run, arena.firstShadow(stage))
}

export const isPlaced = (state: number): boolean =>
  state === slotState.starting || state === slotState.running || state === slotState.lost

const stagesOf = (run: Run, job: number): number => {
  const { stageStart } = run.model.workloads
  const w = run.workloadOf(job)
  return stageStart[w + 1] - stageStart[w]
}

/** The job leaves the system; where it completed, `run.end` holds its begin and run time. */
export function leave(run: Run, job: number, outcome: Outcome): void {
  const { arena, model, end } = run
  const w = run.workloadOf(job)
  end.workload = w
  end.ordinal = arena.ordinal(job)
  end.submitS = arena.submitS(job)
  end.deadlineS = model.workloads.deadlineS[w]
  end.origin = arena.origin(job)
  end.attempts = arena.jobAttempts(job)
  end.cluster = outcome === 'completed' ? arena.lastCluster(job) : -1
  if (outcome === 'completed') end.latencyS = arena.answerS(job) - end.submitS
  else {
    end.beginS = Number.NaN
    end.runS = Number.NaN
    end.latencyS = Number.NaN
  }
  run.collector.ended(end, outcome)
  if (outcome === 'unfinished') return
  run.alive--
  run.arrivals.left(w, end.ordinal, outcome === 'completed' ? arena.answerS(job) : run.now)
  arena.setJobGeneration(job, arena.jobGeneration(job) + 1)
  arena.release(job, stagesOf(run, job))
}
