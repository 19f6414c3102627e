/** What the slots of a job hold when it is new: see `arena.ts`. */
import { type Arena, slotState } from './arena.ts'
import { arrivalKind } from './arrivals/index.ts'
import type { Model } from './model.ts'

/** The part of the job, in its first slot; its submission is known already. */
export function fillJob(arena: Arena, { workloads }: Model, job: number, w: number): void {
  arena.setDeadlineS(job, arena.submitS(job) + workloads.deadlineS[w])
  arena.setStagesLeft(job, workloads.stageStart[w + 1] - workloads.stageStart[w])
  arena.setAnswersLeft(job, 0)
  arena.setJobAttempts(job, 0)
  arena.setFirstBeginS(job, Number.POSITIVE_INFINITY)
  arena.setAnswerS(job, 0)
  arena.setLastCluster(job, -1)
}

/** The part of a stage, but for when it was submitted and its work, where that is drawn. */
export function fillStage(
  arena: Arena,
  { stages, workloads, traces }: Model,
  job: number,
  slot: number,
  template: number,
  ordinal: number,
): void {
  const w = stages.workload[template]
  arena.setJob(slot, job)
  arena.setTemplate(slot, template)
  arena.setOrdinal(slot, ordinal)
  arena.setPredecessorsLeft(slot, stages.predecessorStart[template + 1] - stages.predecessorStart[template])
  if (workloads.arrivals[w] === arrivalKind.trace) {
    const row = workloads.traceStart[w] + ordinal
    arena.setStageClass(slot, traces.class[row])
    arena.setWorkS(slot, traces.runS[row])
    arena.setEstimateS(slot, traces.estimateS[row])
  } else {
    arena.setStageClass(slot, stages.class[template])
    arena.setEstimateS(slot, stages.estimateS[template])
  }
  arena.setRetriesUsed(slot, 0)
  arena.setAttempts(slot, 0)
  arena.setPlaced(slot, 0)
  arena.setStandbys(slot, 0)
  arena.setFirstShadow(slot, -1)
  arena.setFirstMessage(slot, -1)
  arena.setSavedS(slot, 0)
  arena.setSavedNode(slot, -1)
  arena.setStage(slot, slot)
  arena.setState(slot, slotState.pending)
}
