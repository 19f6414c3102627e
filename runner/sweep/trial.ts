/** A trial: one policy on one replication of one point of a sweep. A value, so that any thread can run it. */
import { type Model, simulate } from '../../engine/index.ts'
import type { DecisionRecords, ExplanationRecords, JobRecords, RunResult } from '../../engine/result.ts'
import { isDrawn } from '../../reports/summary/drawn.ts'
import { rowOf } from '../../reports/summary/row.ts'
import { summarizeCurves, summarizeNumbers, type TrialCurves } from '../../reports/trial-summary.ts'
import { FabricdtError } from '../errors.ts'
import { policyOf } from '../own-policies/policy-of.ts'
import type { ScenarioPolicy } from '../scenario/scenario.ts'

export interface TrialKey {
  /** Point of the sweep, from 0. */
  point: number
  /** Index into the scenario's policies. */
  policy: number
  /** From 0. */
  replication: number
}

export type TrialOutcome = TrialKey & {
  wallMs: number
  /** What `simulate` threw. */
  error?: { code: string; message: string }
  /** Its numbers. */
  row?: Float64Array
  /** Of the trials that are drawn. */
  curves?: TrialCurves
  /** Of the first. */
  decisions?: DecisionRecords
  jobs?: JobRecords
  explanations?: ExplanationRecords
}

/** Decisions and jobs are kept of the first replication of the first point. */
export const isFirst = ({ point, replication }: Omit<TrialKey, 'policy'>): boolean => point === 0 && replication === 0

/** Runs one trial; an error is an outcome too. `explainAll`: all placements of the first trial, not only a sample. */
export function runTrial(model: Model, policy: ScenarioPolicy, key: TrialKey, explainAll = false): TrialOutcome {
  const begin = performance.now()
  try {
    const first = isFirst(key)
    const run = simulate(model, policyOf(policy).create(policy.options), {
      replication: key.replication,
      compat: model.compat ?? null,
      record: {
        decisions: first,
        jobs: first,
        explanations: !first ? undefined : explainAll ? 'all' : 'sample',
      },
    })
    checkBooks(run)
    const { decisions, jobs, explanations } = run
    return {
      ...key,
      wallMs: performance.now() - begin,
      row: rowOf(summarizeNumbers(model, run)),
      ...(isDrawn(key.point, key.replication) ? { curves: summarizeCurves(model, run) } : {}),
      ...(decisions === undefined ? {} : { decisions }),
      ...(jobs === undefined ? {} : { jobs }),
      ...(explanations === undefined ? {} : { explanations }),
    }
  } catch (error) {
    const { name, message } = error as Error
    const code = error instanceof FabricdtError ? error.code : name
    return { ...key, wallMs: performance.now() - begin, error: { code, message } }
  }
}

/** Every job ends in one of the terminal states, and time in the system adds up to jobs over time (Little's law). */
function checkBooks(run: RunResult): void {
  const { submitted, completed, failed, rejected, cancelled, unfinished } = run.total
  const ended = completed + failed + rejected + cancelled + unfinished
  if (ended !== submitted) throw new Error(`${submitted - ended} of ${submitted} jobs were dropped: this is a bug`)
  if (Math.abs(run.systemJobS - run.sojournS) > 1e-9 * Math.max(1, run.sojournS))
    throw new Error(
      `jobs over time (${run.systemJobS}) and time in the system (${run.sojournS}) differ in job-seconds: this is a bug`,
    )
}
