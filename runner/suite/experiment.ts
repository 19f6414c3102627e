/** What an experiment of the suite is, and what it finds. Plain data but for the judging. */
import type { Results } from '../../reports/results.ts'
import type { Verification } from '../verify/verification.ts'

/** `skipped`: there was nothing to judge by, as `measured` says. */
export type FindingStatus = 'pass' | 'fail' | 'inconclusive' | 'skipped'

/** One criterion, and what was measured of it. */
export interface Finding {
  readonly criterion: string
  /** In words, with its interval. */
  readonly measured: string
  readonly status: FindingStatus
}

/** A run on real clusters, or what was recorded of one. */
export interface Executed {
  /** Of the execution: empty where there is one only. */
  readonly name: string
  readonly verification: Verification
}

export interface Experiment {
  /** `V1`. */
  readonly id: string
  readonly title: string
  /** Of the scenario in scenarios/suite, without `.yaml`; what it asks is the question. */
  readonly scenario: string
  /** What must hold, in a sentence. */
  readonly criterion: string
  /** What is run on clusters besides being predicted, each with what is set in the scenario. */
  readonly executions: readonly { readonly name: string; readonly sets: readonly string[] }[]
  /** By the prediction alone. */
  readonly judge: (predicted: Results) => Finding[]
  /** By an execution. */
  readonly judgeExecuted?: (executed: Executed) => Finding[]
}

/** One that fails fails them all; what is open, or could not be looked at, leaves them open. */
export function verdictOf(findings: readonly Finding[]): 'pass' | 'fail' | 'inconclusive' {
  if (findings.some(({ status }) => status === 'fail')) return 'fail'
  return findings.length > 0 && findings.every(({ status }) => status === 'pass') ? 'pass' : 'inconclusive'
}
