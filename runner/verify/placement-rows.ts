/** Where jobs ran and how they ended, against what was predicted. */
import type { Model } from '../../engine/index.ts'
import type { JobRecords } from '../../engine/result.ts'
import { shareInterval } from '../../engine/statistics/binomial.ts'
import { simple } from './energy-rows.ts'
import { judge } from './judge.ts'
import { rowOf } from './latency-rows.ts'
import type { Observation } from './observation.ts'
import type { Pairing, Pairs, Side } from './sides.ts'
import { missingOf } from './trust.ts'
import type { VerificationRow } from './verification.ts'

/**
 * Shares that agree, of which 1 is predicted: jobs that ended alike; jobs by cluster (1 − half the sum of differences of each
 * cluster's share); and, for information, jobs that each ran on the very cluster that was predicted for it.
 */
export function placementRows(
  model: Model,
  observation: Observation,
  { predicted, observed }: { predicted: Side; observed: Side },
  { all, completed }: Pairing,
  tolerance: number,
): VerificationRow[] {
  const alike = countSame(predicted.jobs.outcome, observed.jobs.outcome, all)
  const inPlace = countSame(predicted.jobs.cluster, observed.jobs.cluster, completed)
  const n = completed.observed.length
  const shares = (jobs: JobRecords, rows: Int32Array) =>
    model.clusters.names.map((_, c) => rows.reduce((sum, row) => sum + (jobs.cluster[row] === c ? 1 : 0), 0) / n)
  const before = shares(predicted.jobs, completed.predicted)
  const after = shares(observed.jobs, completed.observed)
  const moved = before.reduce((sum, share, c) => sum + Math.abs(share - after[c]), 0) / 2
  const same = { ...rowOf('fabric', 'placement', 'share', '1', agreement(inPlace, n)), note: 'each job by itself' }
  return [
    judged('outcome', agreement(alike, all.observed.length), observation, tolerance),
    judged('placement', simple(1, 1 - moved, n), observation, tolerance, 'jobs by cluster'),
    same,
  ]
}

const countSame = (a: ArrayLike<number>, b: ArrayLike<number>, { predicted, observed }: Pairs): number =>
  predicted.reduce((count, row, i) => count + (a[row] === b[observed[i]] ? 1 : 0), 0)

/** Of 1 that was predicted: the share that was seen, with the exact interval of its lack. */
function agreement(held: number, n: number): ReturnType<typeof simple> {
  const { low, high } = shareInterval(n - held, n, 0.95)
  return { ...simple(1, held / n, n), low, high }
}

function judged(
  quantity: string,
  error: ReturnType<typeof simple>,
  observation: Observation,
  tolerance: number,
  about = '',
): VerificationRow {
  const evidence = { ...error, scale: 1, tolerance, jobs: error.n, uncertainty: 0, unit: '1', given: null }
  const { status, note } = judge({ ...evidence, untrusted: missingOf(observation, quantity) })
  const row = rowOf('fabric', quantity, 'share', '1', error)
  return { ...row, tolerance, status, note: [about, note].filter(Boolean).join('; ') }
}
