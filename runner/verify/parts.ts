/**
 * Where a job's latency went: seconds that add up to it exactly, along the stages that held it up. Both sides are taken
 * apart by the same rule.
 */
import type { Model } from '../../engine/index.ts'
import type { JobRecords } from '../../engine/result.ts'
import { type AttemptRecords, attemptEnds } from './attempts.ts'

/**
 * `queueing`: ready until first placed; `recovery`: until the placement of the attempt that finished (losses, faults);
 * `network`: ways out and back; `startUp`: until it began; `runTime`: until it finished.
 */
export const parts = ['queueing', 'recovery', 'network', 'startUp', 'runTime'] as const
export type Part = (typeof parts)[number]

/** Seconds by row of the jobs; NaN where the job did not complete. */
export type JobParts = Record<Part, Float64Array>

/** Takes the latencies of jobs apart. A job whose finished attempts are not all known has NaN. */
export function partsOf(model: Model, jobs: JobRecords, attempts: AttemptRecords): JobParts {
  const count = jobs.submitTime.length
  const columns = Object.fromEntries(parts.map(part => [part, new Float64Array(count).fill(Number.NaN)])) as JobParts
  const rowsOf = attemptsByStage(attempts)
  for (let job = 0; job < count; job++) {
    if (Number.isNaN(jobs.latency[job])) continue
    const ofStage = (stage: number) => rowsOf.get(stageKey(jobs.workload[job], jobs.ordinal[job], stage)) ?? []
    const sums = partsOfJob({ model, jobs, job, attempts, rowsOf: ofStage })
    if (sums !== null) for (const part of parts) columns[part][job] = sums[part]
  }
  return columns
}

const stageKey = (workload: number, ordinal: number, stage: number): string => `${workload} ${ordinal} ${stage}`

/** Rows of the attempts of each stage of each job, in the order of placement. */
function attemptsByStage(attempts: AttemptRecords): Map<string, number[]> {
  const rows = new Map<string, number[]>()
  for (let row = 0; row < attempts.stage.length; row++) {
    const key = stageKey(attempts.workload[row], attempts.ordinal[row], attempts.stage[row])
    const known = rows.get(key)
    if (known === undefined) rows.set(key, [row])
    else known.push(row)
  }
  return rows
}

/** A job under the knife: its row and those of its attempts by stage. */
interface Opened {
  model: Model
  jobs: JobRecords
  job: number
  attempts: AttemptRecords
  rowsOf: (stage: number) => readonly number[]
}

/** Goes back from the stage that ended last, each time to the predecessor that held it up. */
function partsOfJob(opened: Opened): Record<Part, number> | null {
  const { model, jobs, job, attempts } = opened
  const winners = winnersOf(opened)
  if (winners === null) return null
  const endOf = (stage: number) => attempts.endS[winners.get(stage) as number]
  const sums = { queueing: 0, recovery: 0, network: 0, startUp: 0, runTime: 0 }
  let stage = latest([...winners.keys()], endOf)
  if (stage !== null) sums.network += jobs.latency[job] - (endOf(stage) - jobs.submitTime[job])
  while (stage !== null) {
    const cause = latest(predecessorsOf(model, stage), endOf)
    const readyS = cause === null ? jobs.submitTime[job] : endOf(cause)
    addStage(sums, opened, readyS, opened.rowsOf(stage)[0], winners.get(stage) as number)
    stage = cause
  }
  return sums
}

/** By stage the attempt that finished it; null where one is not known. */
function winnersOf({ model, jobs, job, attempts, rowsOf }: Opened): Map<number, number> | null {
  const { stageStart } = model.workloads
  const winners = new Map<number, number>()
  for (let stage = stageStart[jobs.workload[job]]; stage < stageStart[jobs.workload[job] + 1]; stage++) {
    const winner = rowsOf(stage).find(row => attemptEnds[attempts.end[row]] === 'finished')
    if (winner === undefined) return null
    winners.set(stage, winner)
  }
  return winners
}

/** `first`: the attempt that was placed first; `winner`: the one that finished. */
function addStage(
  sums: Record<Part, number>,
  { model, jobs, job, attempts }: Opened,
  readyS: number,
  first: number,
  winner: number,
): void {
  const { placedS, activeS, beginS, endS } = attempts
  const out = wayOut(model, attempts, winner, jobs.originCluster[job])
  sums.queueing += placedS[first] - readyS
  sums.recovery += activeS[winner] - placedS[first]
  sums.network += out
  sums.startUp += beginS[winner] - activeS[winner] - out
  sums.runTime += endS[winner] - beginS[winner]
}

/** The stage that ended last; null of none. */
function latest(stages: readonly number[], endOf: (stage: number) => number): number | null {
  let last: number | null = null
  for (const stage of stages) if (last === null || endOf(stage) > endOf(last)) last = stage
  return last
}

const predecessorsOf = ({ stages }: Model, stage: number): number[] => [
  ...stages.predecessors.subarray(stages.predecessorStart[stage], stages.predecessorStart[stage + 1]),
]

/** Seconds from when the attempt counted until all that it needs was there; where nobody knows, the model's latency. */
export function wayOut(model: Model, attempts: AttemptRecords, row: number, origin: number): number {
  const toBegin = attempts.beginS[row] - attempts.activeS[row]
  const cluster = model.nodeCluster[attempts.node[row]]
  const known = attempts.appliedS[row] - attempts.activeS[row]
  const way = Number.isNaN(known) ? model.latencyS[origin * model.clusters.count + cluster] : known
  return Math.min(Math.max(0, way), toBegin)
}

/**
 * Fills in when start-up began, as the model has it: for attempts of a simulation. What a calibration found to be seen at the end
 * of a start-up, by cluster, is brought there: the begin is that which would be seen.
 */
export function withModelledStartUp(
  { groups, nodeGroup, nodeCluster }: Model,
  attempts: AttemptRecords,
  lateS?: Float64Array,
): AttemptRecords {
  const startupS = (row: number) => groups.startupS[nodeGroup[attempts.node[row]]]
  const late = (row: number) => Math.min(lateS?.[nodeCluster[attempts.node[row]]] ?? 0, startupS(row))
  const appliedS = attempts.beginS.map((beginS, row) => beginS - startupS(row))
  // A standby that takes over has made ready before.
  const beginS = attempts.beginS.map((at, row) => Math.max(at - late(row), attempts.activeS[row]))
  return { ...attempts, appliedS, beginS }
}
