/**
 * What one run says, boiled down in the thread that ran it, so that messages stay small: its numbers, and, of the runs
 * that a report draws, quantile curves and a coarse series of some 30 kB. Plain data.
 */
import { metrics } from '../engine/metrics.ts'
import type { Model } from '../engine/model.ts'
import type { JobTally, RunResult, Series } from '../engine/result.ts'
import { boundedQuantile, mean } from '../engine/statistics/descriptive.ts'
import { type Bins, binsOver, coarserWidth, rebinCounts, rebinMeans } from './rebin.ts'

/** Samples that have a curve in the report. */
export const distributionMetrics = ['latency', 'waitTime', 'boundedSlowdown'] as const
export type DistributionMetric = (typeof distributionMetrics)[number]

export interface TrialNumbers {
  endS: number
  total: JobTally
  measured: JobTally
  /** Value of every metric by name. NaN: nothing to measure; Infinity: unbounded. */
  fabric: Record<string, number>
  /** Of the metrics that exist for each cluster: values in the order of the model's clusters. */
  clusters: Record<string, number[]>
  /** Mean number of stages waiting in each quarter of the run. */
  waitingQuarters: readonly number[]
  events: number
}

export interface TrialCurves {
  endS: number
  /** Jobs that were there when the run ended. */
  unfinished: number
  /** Values at `curveProbabilities`; Infinity where a job that never completed stands, NaN of nothing. */
  quantiles: Record<DistributionMetric, Float64Array>
  series: TrialSeries
}

/** As `Series` of the engine, with the clusters added up where nobody looks at them one by one. */
export interface TrialSeries {
  widthS: number
  bins: number
  waiting: Float64Array
  running: Float64Array
  completed: Float64Array
  deadlineMisses: Float64Array
  watts: Float64Array
  upNodes: Float64Array
  /** Cores of the nodes that are up. */
  upCores: Float64Array
  /** Index bin * clusters + cluster. */
  busyCores: Float64Array
}

const mostBins = 240

/** 0 to 0.9 by halves of a hundredth, to 0.99 by quarters, and on to 0.999 by twentieths: the tail is what matters. */
export const curveProbabilities: readonly number[] = [
  ...ticks(0, 9000, 50),
  ...ticks(9025, 9900, 25),
  ...ticks(9905, 9990, 5),
]

function ticks(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, i) => (from + i * step) / 10_000)
}

export function summarizeNumbers(model: Model, run: RunResult): TrialNumbers {
  const indices = Array.from({ length: model.clusters.count }, (_, cluster) => cluster)
  return {
    endS: run.endS,
    total: { ...run.total },
    measured: { ...run.measured },
    fabric: Object.fromEntries(metrics.map(metric => [metric.name, metric.of(run, -1)])),
    clusters: Object.fromEntries(
      clusterMetrics.map(metric => [metric.name, indices.map(cluster => metric.of(run, cluster))]),
    ),
    waitingQuarters: quarters(rebinMeans(run.series.waiting, ...coarser(run.series, run.endS))),
    events: run.events,
  }
}

const clusterMetrics = metrics.filter(metric => metric.perCluster)

export const summarizeCurves = (model: Model, run: RunResult): TrialCurves => ({
  endS: run.endS,
  unfinished: run.total.unfinished,
  quantiles: {
    latency: curve(run, 'latency'),
    waitTime: curve(run, 'waitTime'),
    boundedSlowdown: curve(run, 'boundedSlowdown'),
  },
  series: coarsen(model, run.series, run.endS),
})

function quarters(waiting: Float64Array): number[] {
  const bins = waiting.length
  return [0, 1, 2, 3].map(q =>
    mean(waiting.subarray(Math.floor((bins * q) / 4), Math.max(1, Math.floor((bins * (q + 1)) / 4)))),
  )
}

function curve(run: RunResult, name: DistributionMetric): Float64Array {
  const { failed, rejected, cancelled, unfinished } = run.measured
  const beyond = failed + rejected + cancelled + unfinished
  return Float64Array.from(curveProbabilities, p => boundedQuantile(run.samples[name], p, beyond))
}

/** The run's bins, and those that are kept. */
const coarser = (series: Series, endS: number): [from: Bins, to: Bins] => [
  { widthS: series.widthS, count: series.bins, endS },
  binsOver(endS, coarserWidth(endS, series.widthS, mostBins)),
]

function coarsen(model: Model, series: Series, endS: number): TrialSeries {
  const clusters = model.clusters.count
  const [from, to] = coarser(series, endS)
  const upNodes = rebinMeans(series.upNodes, from, to, clusters)
  return {
    widthS: to.widthS,
    bins: to.count,
    waiting: rebinMeans(series.waiting, from, to),
    running: rebinMeans(series.running, from, to),
    completed: rebinCounts(series.completed, from, to),
    deadlineMisses: rebinCounts(series.deadlineMisses, from, to),
    watts: addClusters(rebinMeans(series.watts, from, to, clusters), clusters),
    upNodes: addClusters(upNodes, clusters),
    upCores: addClusters(upNodes, clusters, meanCores(model)),
    busyCores: rebinMeans(series.busyCores, from, to, clusters),
  }
}

/** Sums over the clusters of each bin, each cluster counted `weights` times. */
function addClusters(column: Float64Array, clusters: number, weights?: readonly number[]): Float64Array {
  const out = new Float64Array(column.length / clusters)
  for (let i = 0; i < column.length; i++) out[Math.floor(i / clusters)] += column[i] * (weights?.[i % clusters] ?? 1)
  return out
}

/** Cores of the mean node of each cluster: exact where its nodes are alike. */
function meanCores(model: Model): number[] {
  const { count, nodeStart } = model.clusters
  const milli = new Array<number>(count).fill(0)
  for (let node = 0; node < nodeStart[count]; node++) {
    milli[model.nodeCluster[node]] += model.groups.cpuMilli[model.nodeGroup[node]]
  }
  return milli.map((sum, cluster) => sum / 1000 / Math.max(1, nodeStart[cluster + 1] - nodeStart[cluster]))
}
