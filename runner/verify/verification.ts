/** What verification says: a part of results.json. Plain data. */
import type { Tolerance } from '../scenario/scenario.ts'

/**
 * `given`: the provider was told it, so it proves nothing; `shown`: for information, no tolerance. Only `pass`, `fail`
 * and `inconclusive` count.
 */
export type RowStatus = 'pass' | 'fail' | 'inconclusive' | 'given' | 'shown'

export interface Verification {
  provider: string
  tolerance: Tolerance
  /** How the executed scenario differs from the file: sentences. */
  derived: string[]
  verdict: 'pass' | 'fail' | 'inconclusive'
  policies: PolicyVerification[]
  /** Whether policies compare alike in both worlds; empty with one policy. */
  ranks: RankAgreement[]
}

export interface PolicyVerification {
  policy: string
  verdict: 'pass' | 'fail' | 'inconclusive'
  /** What was given, in words. */
  given: string[]
  /** Why the measurement cannot be trusted; then what it is about is inconclusive. */
  untrusted: string[]
  /** What else was measured, by whom, and what could not be had. */
  sources: string[]
  jobs: { predicted: number; observed: number; compared: number }
  rows: VerificationRow[]
  /** Of mean latency: what each part of it adds to the error, largest first, seconds. */
  blame: { part: string; errorS: number; given: boolean }[]
  /** Job by job, in order of submission, at most some hundreds. */
  sample: JobSample
  failures: FailureRow[]
}

/** Error = predicted − observed, so a positive bias means that the prediction was too high. */
export interface VerificationRow {
  /** `fabric` or a cluster's name. */
  scope: string
  /** `latency`, `found` (latency without what was given), `queueing`, …, `energy`. */
  quantity: string
  /** `mean`, `p95`, `total` or `share`. */
  statistic: string
  unit: string
  predicted: number | null
  observed: number | null
  error: number | null
  /** 95 % interval of the error; null where nothing can be said. */
  low: number | null
  high: number | null
  /** What the error is measured against: the observed value; of parts of latency, that of all parts that were not given. */
  scale: number | null
  /** Mean |error| of single jobs, and its mean part of the observed value (of jobs that have one); null: no such jobs. */
  mae: number | null
  mape: number | null
  n: number
  tolerance: number | null
  status: RowStatus
  note: string
  /** In which 95 % of runs lie as predicted, over replications, and whether this one does; null: not predicted so. */
  range: { low: number; high: number; covered: boolean } | null
}

export interface RankAgreement {
  metric: string
  unit: string
  /** Kendall's tau-b; null where all are equal on a side. */
  tau: number | null
  /** By policy, in the order of the scenario. */
  predicted: (number | null)[]
  observed: (number | null)[]
}

export interface JobSample {
  workload: string[]
  job: number[]
  /** Where it ran in reality. */
  cluster: string[]
  submitS: number[]
  predictedS: number[]
  observedS: number[]
  /** Jobs that were left out, so that the page stays small. */
  omitted: number
  /** Part of all jobs whose observed latency lies in the interval that the calibration's noise gives; null without one. */
  coverage: number | null
}

export interface FailureRow {
  label: string
  cluster: string
  means: string
  plannedS: number
  injectedS: number | null
  predictedDetectionS: number
  /** From injection. */
  detectionS: number | null
  recoveredS: number | null
}
