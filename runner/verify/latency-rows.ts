/** Latency and its parts: per job, in total, by cluster. */
import type { Model } from '../../engine/index.ts'
import { errorOf, type PairedError, type Statistic } from './errors-of.ts'
import { judge } from './judge.ts'
import type { Observation } from './observation.ts'
import { type Part, parts } from './parts.ts'
import { type Pairs, pick, type Side, selectPairs } from './sides.ts'
import { isGiven, missingOf, uncertaintyS } from './trust.ts'
import type { VerificationRow } from './verification.ts'

export interface Compared {
  model: Model
  predicted: Side
  observed: Side
  observation: Observation
  pairs: Pairs
  tolerance: number
}

/** Rows of latency (mean, p95), of each part of it, and of latency on each cluster that jobs ran on. */
export function latencyRows(compared: Compared): VerificationRow[] {
  const found = foundLatency(compared)
  return [
    latencyRow(compared, 'mean', found),
    latencyRow(compared, 'p95', found),
    ...parts.map(part => partRow(compared, part, found)),
    ...clusterRows(compared),
  ]
}

/** Seconds of each observed latency that nobody gave. */
function foundLatency({ observed, observation, pairs }: Compared): Float64Array {
  const found = parts.filter(part => !isGiven(observation, part))
  const columns = found.map(part => pick(observed.parts[part], pairs.observed))
  return Float64Array.from(pairs.observed, (_, i) => columns.reduce((sum, column) => sum + column[i], 0))
}

function latencyRow(compared: Compared, statistic: 'mean' | 'p95', found: Float64Array): VerificationRow {
  const { predicted, observed, observation, pairs } = compared
  const error = errorOf(
    pick(predicted.jobs.latency, pairs.predicted),
    pick(observed.jobs.latency, pairs.observed),
    statistic,
  )
  const scale = errorOf(found, found, statistic).observed
  const allGiven = parts.every(part => isGiven(observation, part))
  const row = judged(compared, 'latency', error, scale, allGiven ? 'all of it was given' : null)
  const share = 1 - scale / error.observed
  const told = parts.filter(part => isGiven(observation, part)).length > 0 && !allGiven
  const rest = `${Number(scale.toPrecision(3))} s`
  const note = told ? `${Math.round(share * 100)} % of it was given: judged against the other ${rest}` : ''
  return { ...row, statistic, note: [note, row.note].filter(text => text !== '').join('; ') }
}

function partRow(compared: Compared, part: Part, found: Float64Array): VerificationRow {
  const { predicted, observed, observation, pairs } = compared
  const error = errorOf(
    pick(predicted.parts[part], pairs.predicted),
    pick(observed.parts[part], pairs.observed),
    'mean',
  )
  const scale = errorOf(found, found, 'mean').observed
  return judged(compared, part, error, scale, isGiven(observation, part) ? '' : null)
}

function judged(
  { observation, tolerance }: Compared,
  quantity: string,
  error: PairedError,
  scale: number,
  given: string | null,
): VerificationRow {
  const evidence = {
    ...error,
    scale,
    tolerance,
    jobs: error.n,
    uncertainty: uncertaintyS(observation.telemetry),
    unit: 's',
    given,
    untrusted: missingOf(observation, quantity),
  }
  return { ...rowOf('fabric', quantity, 'mean', 's', error), scale: known(scale), tolerance, ...judge(evidence) }
}

/** By the cluster on which a job ran in reality: for information. */
function clusterRows({ model, predicted, observed, pairs }: Compared): VerificationRow[] {
  return model.clusters.names.flatMap((name, cluster) => {
    const here = selectPairs(pairs, i => observed.jobs.cluster[pairs.observed[i]] === cluster)
    if (here.observed.length === 0) return []
    const error = errorOf(
      pick(predicted.jobs.latency, here.predicted),
      pick(observed.jobs.latency, here.observed),
      'mean',
    )
    return [rowOf(name, 'latency', 'mean', 's', error)]
  })
}

/** A row for information; what cannot be said is null. */
export function rowOf(
  scope: string,
  quantity: string,
  statistic: Statistic | 'share',
  unit: string,
  error: Omit<PairedError, 'mae' | 'mape'> & Partial<Pick<PairedError, 'mae' | 'mape'>>,
): VerificationRow {
  return {
    scope,
    quantity,
    statistic,
    unit,
    predicted: known(error.predicted),
    observed: known(error.observed),
    error: known(error.error),
    low: known(error.low),
    high: known(error.high),
    scale: statistic === 'share' ? 1 : known(error.observed),
    mae: known(error.mae ?? Number.NaN),
    mape: known(error.mape ?? Number.NaN),
    n: error.n,
    tolerance: null,
    status: 'shown',
    note: '',
    range: null,
  }
}

const known = (value: number): number | null => (Number.isFinite(value) ? value : null)
