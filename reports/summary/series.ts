import { intervalAt, tCritical } from '../../engine/statistics/intervals.ts'
import { type Bins, binsOver, coveredS, rebinCounts, rebinMeans } from '../rebin.ts'
import type { Band, PolicySeries } from '../results.ts'
import type { TrialCurves, TrialSeries } from '../trial-summary.ts'
import type { SummaryInput } from './input.ts'
import { sixDigits } from './six-digits.ts'
import type { Tally } from './tally.ts'

/** Series of each policy over its replications, all in bins of one width: the coarsest that any run came with. */
export function summarizeSeries(input: SummaryInput, { curves }: Tally): PolicySeries[] {
  const widthS = Math.max(...curves.flat().map(run => run.series.widthS))
  return input.policies.flatMap((policy, p) =>
    curves[p].length === 0 ? [] : policySeries(input, policy, curves[p].flat(), widthS),
  )
}

function policySeries(
  { point, clusters }: SummaryInput,
  policy: string,
  runs: readonly TrialCurves[],
  widthS: number,
): PolicySeries {
  const bins = binsOver(Math.max(...runs.map(run => run.endS)), widthS)
  const aligned = runs.map(run => align(run, bins, clusters.length))
  const over = (column: (run: AlignedSeries) => Float64Array) => band(aligned.map(column), bins.count)
  return {
    point,
    policy,
    timeS: Array.from({ length: bins.count }, (_, i) => sixDigits(i * widthS + coveredS(bins, i) / 2)),
    binWidthS: widthS,
    waiting: over(run => run.waiting),
    running: over(run => run.running),
    utilisation: over(run => run.utilisation),
    watts: over(run => run.watts),
    upNodes: over(run => run.upNodes),
    deadlineMisses: over(run => run.deadlineMisses),
    completed: over(run => run.completed),
    clusters: clusters.map((cluster, k) => ({ cluster, busyCores: over(run => run.busyCores[k]).mean })),
  }
}

type Columns = 'waiting' | 'running' | 'watts' | 'upNodes' | 'deadlineMisses' | 'completed'
type AlignedSeries = Record<Columns | 'utilisation', Float64Array> & { busyCores: Float64Array[] }

/**
 * One run in the policy's bins. Runs that drain end at different times: from then on no job is there (but for those
 * that nothing could run any more, which go on waiting), while power and nodes are unknown (NaN), not zero.
 */
function align({ series, endS, unfinished }: TrialCurves, bins: Bins, clusters: number): AlignedSeries {
  const from = { widthS: series.widthS, count: series.bins, endS }
  const to = { ...bins, endS }
  const part = Float64Array.from({ length: bins.count }, (_, i) => coveredS(to, i) / (coveredS(bins, i) || 1))
  const means = (name: keyof TrialSeries & Columns) => rebinMeans(series[name], from, to)
  const drained = (column: Float64Array, rest = 0) => column.map((value, i) => value * part[i] + rest * (1 - part[i]))
  const known = (column: Float64Array) => column.map((value, i) => (part[i] > 0 ? value : Number.NaN))
  const busyCores = rebinMeans(series.busyCores, from, to, clusters)
  const upCores = rebinMeans(series.upCores, from, to)
  const utilisation = upCores.map((up, i) => (up > 0 ? sumOf(busyCores, i * clusters, clusters) / up : 0))
  return {
    waiting: drained(means('waiting'), unfinished),
    running: drained(means('running')),
    utilisation: drained(utilisation),
    watts: known(means('watts')),
    upNodes: known(means('upNodes')),
    deadlineMisses: rebinCounts(series.deadlineMisses, from, to),
    completed: rebinCounts(series.completed, from, to),
    busyCores: Array.from({ length: clusters }, (_, k) =>
      drained(Float64Array.from({ length: bins.count }, (_, i) => busyCores[i * clusters + k])),
    ),
  }
}

function sumOf(column: Float64Array, start: number, length: number): number {
  let total = 0
  for (let i = start; i < start + length; i++) total += column[i]
  return total
}

/** Mean and 95 % interval of each bin over the runs that know it; nothing here is negative. */
function band(columns: readonly Float64Array[], bins: number): Band {
  const criticals = new Map<number, number>()
  const out: Band = { mean: [], low: [], high: [] }
  for (let i = 0; i < bins; i++) {
    const values = columns.map(column => column[i]).filter(value => !Number.isNaN(value))
    const n = values.length
    if (!criticals.has(n)) criticals.set(n, n < 2 ? 0 : tCritical(n, 0.95))
    const interval = intervalAt(values, criticals.get(n) as number)
    out.mean.push(sixDigits(interval.estimate))
    out.low.push(sixDigits(Math.max(0, interval.low)))
    out.high.push(sixDigits(interval.high))
  }
  return out
}
