/** An attempt of a live run, as the outside needs to know it. */
import type { Run } from './run.ts'

export interface LiveAttempt {
  /** Names it to the engine; others may have it later. */
  readonly slot: number
  readonly workload: number
  readonly ordinal: number
  /** Stage of the model. */
  readonly stage: number
  /** Class of the model: what each task requests. */
  readonly stageClass: number
  /** From 0, shadows and retries of the stage included. */
  readonly number: number
  readonly origin: number
  /** Tasks on each of its nodes, all in one cluster. */
  readonly nodes: readonly { readonly node: number; readonly tasks: number }[]
  /** When its request and data have arrived on the cluster. */
  readonly launchS: number
  /** Seconds from there to the begin, as the model has it. */
  readonly startupS: number
  /** Seconds that a simulation would have it run, checkpoints included; it ends as faulty then if it is to. */
  readonly runS: number
  readonly faulty: boolean
  /** Of the job, absolute; Infinity without. */
  readonly deadlineS: number
}

/** The attempt in a slot, which has arrived on its cluster at `beginS` − start-up. */
export function describeAttempt(run: Run, slot: number): LiveAttempt {
  const { arena } = run
  const job = arena.job(slot)
  const nodes: { node: number; tasks: number }[] = []
  for (let entry = slot; entry >= 0; entry = arena.nextEntry(entry))
    nodes.push({ node: arena.node(entry), tasks: arena.tasks(entry) })
  return {
    slot,
    workload: run.workloadOf(slot),
    ordinal: arena.ordinal(slot),
    stage: arena.template(slot),
    stageClass: arena.stageClass(slot),
    number: arena.number(slot),
    origin: arena.origin(job),
    nodes,
    launchS: Math.max(run.now, arena.beginS(slot) - arena.startupS(slot)),
    startupS: arena.startupS(slot),
    runS: arena.runS(slot),
    faulty: arena.faulty(slot) === 1,
    deadlineS: arena.deadlineS(job),
  }
}
