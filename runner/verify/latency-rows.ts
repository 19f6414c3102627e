/** Latency and its parts: per job, in total, by cluster. */
import type { Model } from '../../engine/index.ts'
import { mean } from '../../engine/statistics/descriptive.ts'
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

/**
 * Rows of latency (mean, p95), of each part of it, and of latency on each cluster that jobs ran on. Where some parts were given,
 * what is left of each latency is judged in its place: mixed with them, it would say little.
 */
export function latencyRows(compared: Compared): VerificationRow[] {
  const { predicted, observed, pairs } = compared
  const told = parts.filter(part => isGiven(compared.observation, part))
  const whole = {
    predicted: pick(predicted.jobs.latency, pairs.predicted),
    observed: pick(observed.jobs.latency, pairs.observed),
  }
  const found = told.length === 0 ? whole : withoutGiven(compared)
  const scale = mean(found.observed)
  return [
    ...(told.length === 0
      ? judgedRows(compared, 'latency', whole)
      : mixedRows(whole, 1 - scale / mean(whole.observed))),
    ...(told.length === 0 || told.length === parts.length ? [] : judgedRows(compared, 'found', found)),
    ...parts.map(part => partRow(compared, part, scale)),
    ...clusterRows(compared),
  ]
}

interface Both {
  predicted: Float64Array
  observed: Float64Array
}

/** Seconds of each latency that nobody gave. */
function withoutGiven({ predicted, observed, observation, pairs }: Compared): Both {
  const found = parts.filter(part => !isGiven(observation, part))
  const sums = (side: Side, rows: Int32Array) =>
    Float64Array.from(rows, row => found.reduce((sum, part) => sum + side.parts[part][row], 0))
  return { predicted: sums(predicted, pairs.predicted), observed: sums(observed, pairs.observed) }
}

const judgedRows = (compared: Compared, quantity: 'latency' | 'found', both: Both): VerificationRow[] =>
  (['mean', 'p95'] as const).map(statistic => {
    const error = errorOf(both.predicted, both.observed, statistic)
    return { ...judged(compared, quantity, error, error.observed, null), statistic }
  })

/** Latency of which a share was given: for information. */
const mixedRows = (both: Both, share: number): VerificationRow[] =>
  (['mean', 'p95'] as const).map(statistic => ({
    ...rowOf('fabric', 'latency', statistic, 's', errorOf(both.predicted, both.observed, statistic)),
    status: 'given',
    note: `${Math.round(share * 100)} % of all latencies`,
  }))

function partRow(compared: Compared, part: Part, scale: number): VerificationRow {
  const { predicted, observed, observation, pairs } = compared
  const error = errorOf(
    pick(predicted.parts[part], pairs.predicted),
    pick(observed.parts[part], pairs.observed),
    'mean',
  )
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
    untrusted: missingOf(observation, quantity === 'found' ? 'latency' : quantity),
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
